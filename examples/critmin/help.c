/* SPDX-License-Identifier: MIT */
#include "help.h"

#include <string.h>

#include "arguments.h"
#include "../picture/buffer.h"
#include "failure.h"
#include "output.h"

static void add_option(buffer *b, const option *o) {
  size_t length = strlen(o->name) + (o->value ? strlen(o->value) + 1 : 0);
  buffer_text(b, "  --");
  buffer_text(b, o->name);
  if (o->value) {
    buffer_text(b, " ");
    buffer_text(b, o->value);
  }
  if (length < 26) buffer_repeat(b, ' ', 26 - length);
  else buffer_text(b, "  ");
  buffer_text(b, o->text);
  buffer_text(b, "\n");
}

static void add_command(buffer *b, const command *c) {
  buffer_text(b, "critmin ");
  buffer_text(b, c->name);
  buffer_text(b, " ");
  buffer_text(b, c->words);
  if (c->takes & ~(TAKES_RESULT)) buffer_text(b, " [options]");
  buffer_text(b, "\n\n  ");
  buffer_text(b, c->summary);
  buffer_text(b, "\n\n");
  buffer_text(b, c->text);
  buffer_text(b, c->text[0] ? "\noptions\n" : "options\n");
  for (int i = 0; i < n_options; i++) {
    if (c->takes & TAKES_BIT(i)) add_option(b, &options[i]);
  }
}

static void add_program(buffer *b) {
  buffer_text(b,
              "critmin: who depends on whom for critical minerals, how concentrated supply is, and on whose word\n"
              "\n"
              "critmin COMMAND STORE ... [options]\n"
              "\n"
              "STORE is a file made by `critmin init`, or :reference: for the data inside the library.\n"
              "\ncommands\n");
  for (int i = 0; i < n_commands; i++) {
    size_t length = strlen(commands[i].name);
    buffer_text(b, "  ");
    buffer_text(b, commands[i].name);
    buffer_repeat(b, ' ', 10 > length ? 10 - length : 1);
    buffer_text(b, commands[i].summary);
    buffer_text(b, "\n");
  }
  buffer_text(b, "\noptions, which may stand anywhere; `critmin help COMMAND` says which a command takes\n");
  for (int i = 0; i < n_options; i++) add_option(b, &options[i]);
  buffer_text(b,
              "\nexit codes\n"
              "  0  done\n"
              "  1  every value is NaN, or `check` found an error or what nobody explained\n"
              "  2  what was typed cannot be meant: a command, option, name, value or range\n"
              "  3  a store or file is missing or not what it should be\n"
              "  4  the machine's limits: locked, read-only, disk full, no memory, cancelled\n");
}

int help_write(const command *c) {
  buffer b = {0};
  if (c) add_command(&b, c);
  else add_program(&b);
  int code = b.failed ? fail_memory() : output_write(NULL, NULL, b.text, b.length);
  buffer_free(&b);
  return code;
}

int run_help(request *r) {
  if (r->n_words == 0) return help_write(NULL);
  const command *c = command_find(r->words[0]);
  return c ? help_write(c) : arguments_unknown_command(r->words[0]);
}

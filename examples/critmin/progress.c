/* SPDX-License-Identifier: MIT */
#include "progress.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "output.h"

/* A signal handler has nowhere else to write to; the line shown belongs to the terminal, which is one as well. */
static volatile sig_atomic_t interrupted;
static struct {
  int terminal, shown;
  double next;
} line;

static void interrupt(int number) {
  (void)number;
  interrupted = 1;
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

void progress_begin(void) {
  struct sigaction stop = {.sa_handler = interrupt, .sa_flags = (int)(SA_RESETHAND | SA_RESTART)},
                   ignore = {.sa_handler = SIG_IGN};
  sigemptyset(&stop.sa_mask);
  sigemptyset(&ignore.sa_mask);
  sigaction(SIGINT, &stop, NULL);
  sigaction(SIGTERM, &stop, NULL);
  sigaction(SIGPIPE, &ignore, NULL);
  sigaction(SIGXFSZ, &ignore, NULL); /* a limit on file size is an error of the write as well */
  line.terminal = isatty(2);
  line.next = now() + 0.5;
}

int progress_interrupted(void) { return interrupted != 0; }

void progress_clear(void) {
  static const char wipe[] = "\r\033[K";
  if (line.shown) (void)write_all(2, wipe, sizeof wipe - 1);
  line.shown = 0;
}

int32_t progress_report(void *user, int64_t done, int64_t total) {
  if (interrupted) return 1;
  if (!line.terminal || now() < line.next) return 0;
  line.next = now() + 0.1;
  char text[128];
  if (total > 0) {
    snprintf(text, sizeof text, "\r\033[K%s: %.0f %%", (const char *)user, 100.0 * (double)done / (double)total);
  } else {
    snprintf(text, sizeof text, "\r\033[K%s: %lld", (const char *)user, (long long)done);
  }
  line.shown = 1;
  (void)write_all(2, text, strlen(text));
  return 0;
}

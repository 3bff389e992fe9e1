/* SPDX-License-Identifier: MIT */
/* critmin, the command line: the first client of the library, and of its public header only. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "arguments.h"
#include "failure.h"
#include "help.h"
#include "output.h"
#include "progress.h"

/*
 * A standard descriptor that is closed would be given to the next file opened, and a store would receive what was
 * meant for the screen. The wrong direction makes every use of the stand-in fail, as it should.
 */
static int hold_descriptors(void) {
  for (int descriptor = 0; descriptor <= 2; descriptor++) {
    if (fcntl(descriptor, F_GETFD) >= 0) continue;
    if (open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY) != descriptor) return 0;
  }
  return 1;
}

static int write_version(void) {
  char text[64];
  snprintf(text, sizeof text, "critmin %s\n", critmin_version());
  return output_write(NULL, NULL, text, strlen(text));
}

int main(int argc, char **argv) {
  if (!hold_descriptors()) return ENDED_MACHINE;
  progress_begin();
  request r;
  int code = arguments_read(argc, argv, &r);
  if (code == 0) {
    if (r.version) code = write_version();
    else if (r.help) code = help_write(r.command);
    else code = r.command->run(&r);
  }
  request_free(&r);
  return code;
}

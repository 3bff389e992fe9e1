/* SPDX-License-Identifier: MIT */
/* Long work: showing how far it is, when somebody looks, and stopping when asked. */
#ifndef PROGRESS_H
#define PROGRESS_H

#include <stdint.h>

/* From here an interrupt asks the work to stop, a second ends the program; a reader who leaves is a failed write. */
void progress_begin(void);
/* A critmin_progress; `user` is a const char *, what is being done. */
int32_t progress_report(void *user, int64_t done, int64_t total);
/* Whether an interrupt came. */
int progress_interrupted(void);
/* Takes the line of progress off the terminal. */
void progress_clear(void);

#endif

/* SPDX-License-Identifier: MIT */
/* Work shared among threads, in ranges whose bounds do not depend on how many there are. */
#ifndef CM_BASE_THREAD_H
#define CM_BASE_THREAD_H

#include <stdint.h>

/* Processors this process may use, at least 1. */
int32_t cm_processors(void);

/*
 * Calls work(user, first, last) for consecutive ranges of `grain` items that cover 0 to items - 1, on up to `threads` threads
 * (0: one for each processor), the calling one included. A range that returns other than 0 stops the handing out of further
 * ones; that value is returned. Where no thread can be started the caller does the work alone.
 */
int32_t cm_parallel(int32_t threads, int64_t items, int64_t grain, int32_t (*work)(void *user, int64_t first, int64_t last),
                    void *user);

#endif

/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* sched_getaffinity */
#include "base/thread.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <unistd.h>

enum { THREADS_MAX = 64 };

int32_t cm_processors(void) {
#ifdef __linux__
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0) {
    int count = CPU_COUNT(&set);
    if (count > 0) return count;
  }
#endif
  long count = sysconf(_SC_NPROCESSORS_ONLN);
  return count > 0 ? (int32_t)count : 1;
}

typedef struct share {
  int32_t (*work)(void *user, int64_t first, int64_t last);
  void *user;
  int64_t items, grain;
  _Atomic int64_t next;
  _Atomic int32_t result;
} share;

static void *run(void *argument) {
  share *s = argument;
  while (s->result == 0) {
    int64_t first = atomic_fetch_add(&s->next, s->grain);
    if (first >= s->items) break;
    int64_t last = first + s->grain < s->items ? first + s->grain : s->items;
    int32_t result = s->work(s->user, first, last);
    if (result != 0) {
      int32_t none = 0;
      atomic_compare_exchange_strong(&s->result, &none, result);
    }
  }
  return NULL;
}

int32_t cm_parallel(int32_t threads, int64_t items, int64_t grain, int32_t (*work)(void *user, int64_t first, int64_t last),
                    void *user) {
  if (items <= 0) return 0;
  if (grain < 1) grain = 1;
  if (threads <= 0) threads = cm_processors();
  if (threads > THREADS_MAX) threads = THREADS_MAX;
  int64_t ranges = (items + grain - 1) / grain;
  if (threads > ranges) threads = (int32_t)ranges;
  share s = {.work = work, .user = user, .items = items, .grain = grain};
  pthread_t started[THREADS_MAX];
  int32_t n = 0;
  while (n < threads - 1 && pthread_create(&started[n], NULL, run, &s) == 0) n++;
  run(&s);
  for (int32_t i = 0; i < n; i++) pthread_join(started[i], NULL);
  return s.result;
}

/* SPDX-License-Identifier: MIT */
/* Every allocation of the library goes through here, so that tests can make any of them fail. */
#ifndef CM_BASE_MEMORY_H
#define CM_BASE_MEMORY_H

#include <stddef.h>
#include <stdint.h>

/* NULL when memory ran out or the product overflows. A size of 0 gives a pointer that can be freed. */
void *cm_alloc(size_t size);
void *cm_alloc_array(size_t count, size_t size); /* zeroed */
void *cm_resize(void *memory, size_t count, size_t size);
void cm_free(void *memory);

/* Grows an array kept as (memory, count, room) so that one more fits. Returns 0 when memory ran out, all unchanged. */
int cm_grow(void *memory_pointer, size_t count, size_t *room, size_t size);

/* Tests only: the n-th allocation from now (from 1) fails, and all after it when `persistent`; 0 turns it off. */
void cm_memory_fail_at(int64_t n, int persistent);
/* Tests only: allocations asked for since the last cm_memory_fail_at(). */
int64_t cm_memory_count(void);

#endif

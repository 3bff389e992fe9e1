/* SPDX-License-Identifier: MIT */
/* The layouts of the store as SQL: step i takes a store from layout i to layout i + 1. */
#ifndef CM_STORE_SCHEMA_H
#define CM_STORE_SCHEMA_H

extern const char *const cm_schema_steps[];
extern const int cm_schema_version; /* number of steps: the layout this library reads and writes */

enum { CM_APPLICATION_ID = 0x43724d6e }; /* "CrMn" */

#endif

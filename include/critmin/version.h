/* SPDX-License-Identifier: MIT */
/**
 * @file version.h
 * @brief Which library this is.
 */
#ifndef CRITMIN_VERSION_H
#define CRITMIN_VERSION_H

#include "critmin/export.h"

CRITMIN_BEGIN

/** @defgroup version Version
 *  @{ */

#define CRITMIN_VERSION_MAJOR 0 /**< Major version of these headers. */
#define CRITMIN_VERSION_MINOR 1 /**< Minor version of these headers. */
#define CRITMIN_VERSION_PATCH 0 /**< Patch version of these headers. */

/** Version of the library that runs, as `MAJOR.MINOR.PATCH`. Static. Any thread. */
CRITMIN_API const char *critmin_version(void);

/** Major * 1000000 + minor * 1000 + patch of the library that runs. Any thread. */
CRITMIN_API int32_t critmin_version_number(void);

/**
 * Number of the binary interface: it grows when functions are added, and the soname changes when one
 * changes or goes. A binding refuses a library whose number is below the one it was written for. Any thread.
 */
CRITMIN_API int32_t critmin_abi_version(void);

/** @} */

CRITMIN_END

#endif

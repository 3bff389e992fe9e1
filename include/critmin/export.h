/* SPDX-License-Identifier: MIT */
/**
 * @file export.h
 * @brief Linkage of the public functions, and the one integer type of statuses.
 */
#ifndef CRITMIN_EXPORT_H
#define CRITMIN_EXPORT_H

#include <stdint.h>

#if defined(__GNUC__) || defined(__clang__)
#define CRITMIN_API __attribute__((visibility("default")))
#else
#define CRITMIN_API
#endif

#ifdef __cplusplus
#define CRITMIN_BEGIN extern "C" {
#define CRITMIN_END }
#else
#define CRITMIN_BEGIN
#define CRITMIN_END
#endif

#endif

/* SPDX-License-Identifier: MIT */
/* Which money there is: the current codes of ISO 4217. */
#ifndef CM_STORE_CURRENCY_H
#define CM_STORE_CURRENCY_H

/* 1 when the code, in capitals, is that of a current currency. */
int cm_currency_known(const char *code);

#endif

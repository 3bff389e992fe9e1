/* SPDX-License-Identifier: MIT */
#include "store/currency.h"

#include <string.h>

/* ISO 4217, the codes of money in use, and XDR; sorted, four characters each. */
static const char codes[] =
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD "
    "BTN BWP BYN BZD CAD CDF CHF CLF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP "
    "ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR "
    "IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL "
    "LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR "
    "NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD "
    "SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX "
    "USD UYU UZS VED VES VND VUV WST XAF XCD XCG XDR XOF XPF YER ZAR ZMW ZWG ";

enum { N_CODES = (sizeof codes - 1) / 4 };

int cm_currency_known(const char *code) {
  if (strlen(code) != 3) return 0;
  int low = 0, high = N_CODES;
  while (low < high) {
    int middle = (low + high) / 2;
    int order = memcmp(code, codes + 4 * middle, 3);
    if (order == 0) return 1;
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return 0;
}

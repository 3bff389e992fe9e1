/* SPDX-License-Identifier: MIT */
/* Without libFuzzer: files that are nearly right, spoilt from a fixed seed. A failure aborts, so that TAP has a line
 * missing. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const seeds[] = {
    ("mineral,stage,country,from,to,unit,basis,value,low,high,status,source,edition,note\n"
     "cobalt,mining,COD,2023,2023-12,t,content,1.5,1,2e3,reported,src,1,\"a \"\"note\"\"\nof two lines\"\n"
     "cobalt,mining,China,2023,2023,share,content,0.5,,,estimated,src,1,\n"),
    ("mineral,stage,importer,exporter,from,to,amount,currency,source,edition\n"
     "cobalt,mining,CHN,COD,2023,2023,5,USD,src,1\n"),
    "\xEF\xBB\xBFpublisher,word,country\r\nsrc,C\xC3\xB4te,COD\r\n,PRC,CHN\r\n",
    "mineral,stage,kind,position,name,basis\ncobalt,refined,processing,2,Refined,content\n",
    "agreement,country,name,role\na,EU,,buyer\na,,A company,seller\n",
    "group,country,from,to\nEU,CHN,1990,2000-06\nEU,CHN,2001,\n",
    ("agreement,kind,mineral,buyer,producer,tonnes,basis,share,amount,currency,money_year,from,ramp_months,until\n"
     "a,tonnes,cobalt,CHN,m,500,content,,,,,2024-03,6,2030\n"
     "a,share,cobalt,CHN,m,,,0.5,,,,2024-03,,2030\na,money,,,,,,,1e9,EUR,2024,,,\n"),
    ("reserve,kind,holder,mineral,stage,from,to,unit,basis,value,low,high,status,days_of_cover,amount,currency,"
     "money_year,state\n"
     "s,strategic,CHN,cobalt,mining,2024,2024,t,content,5,4,6,reported,60,,,,existing\n"
     "u,strategic,EU,cobalt,,2025-02,2025-02,,,,,,,,2e9,EUR,2025,planned\n"),
    ("restriction,kind,basis,country,announced,effective,until,share,share_low,share_high,rate\n"
     "r,ban,decree,CHN,2023-12-03,2024-01,,,,,\nq,quota,practice,COD,2025,2025,2027-12,0.5,0.4,0.6,\n"),
    "restriction,from,until,note\nr,2024-06-01,2025-06-01,held\nr,2025-07,,again\n",
    "restriction,country\nr,COD\nr,EU\n",
    ("mineral,form,from,to,amount,low,high,per,currency,money_year,status,source,edition\n"
     "cobalt,,2024,2024,30,,,kg,USD,2024,reported,src,1\n"),
    "mineral,country,parameter,value,low,high,words,unit,source,edition\ncobalt,CHN,p,0.5,0.4,0.6,said,1,src,1\n",
    "producer,owner,country,share,from,to,source\nm,,COD,0.6,2020,,src\nm,,CHN,,2021-03,2024,src\n",
};

enum { N_SEEDS = sizeof seeds / sizeof seeds[0], ROUNDS = 300, ROOM = 1024 };

static uint64_t state = 77;
static uint64_t next(void) { /* SplitMix64 */
  uint64_t z = state += UINT64_C(0x9E3779B97F4A7C15);
  z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
  return z ^ (z >> 31);
}

static size_t spoil(uint8_t *bytes, size_t length) {
  size_t from = (size_t)(next() % (length + 1)), to = (size_t)(next() % (length + 1));
  if (next() % 4 == 0 && from < to) { /* a piece goes */
    memmove(bytes + from, bytes + to, length - to);
    return length - (to - from);
  }
  if (next() % 4 == 0 && from < to && length + (to - from) <= ROOM) { /* a piece is there twice */
    memmove(bytes + to, bytes + from, length - from);
    return length + (to - from);
  }
  if (from < length) bytes[from] = (uint8_t)next();
  return length;
}

int main(void) {
  printf("1..%d\n", (int)N_SEEDS);
  for (size_t seed = 0; seed < N_SEEDS; seed++) {
    for (int round = 0; round < ROUNDS; round++) {
      uint8_t bytes[ROOM];
      size_t length = strlen(seeds[seed]);
      memcpy(bytes, seeds[seed], length);
      for (int changes = round % 5; changes > 0; changes--) length = spoil(bytes, length);
      LLVMFuzzerTestOneInput(bytes, length);
    }
    printf("ok %zu - files like seed %zu do no harm\n", seed + 1, seed + 1);
  }
  return 0;
}

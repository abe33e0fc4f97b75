/* The clock of the programs that are on no libuv: ceilings and peers. */
#include <time.h>

#include "protocol.h"

uint64_t now_nanoseconds(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

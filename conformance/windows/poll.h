#pragma once

#include "posix_calls.h"

static inline int poll(struct pollfd* descriptors, ULONG count, int timeout) {
  return WSAPoll(descriptors, count, timeout);
}

// No program can give the library another clock here: programs with a virtual one run in true time.
#include "clock.h"

namespace differential {

void begin_virtual_time() {}

bool time_is_virtual() {
  return false;
}

void before_poll(std::uint64_t, bool) {}

void pass_time(std::uint64_t) {}

std::uint64_t virtual_ms() {
  return 0;
}

}  // namespace differential

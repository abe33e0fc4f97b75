// For calls that fail only when the program has already gone wrong.
#pragma once

#include <cstdlib>

namespace violet {

inline void require(int error) {
  if (error != 0) std::abort();
}

}  // namespace violet

// The system's clocks.
#pragma once

#include <cstdint>

namespace violet {

// Time since an arbitrary point, never going back. Thread-safe.
std::uint64_t monotonic_ns();

}  // namespace violet

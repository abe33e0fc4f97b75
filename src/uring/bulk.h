#pragma once

#include <cstddef>

namespace violet {

// From so many bytes on, copying is what reading and writing cost, and the caches are what makes it
// cheap: such bytes are read straight into our user's buffers, and written at once.
inline constexpr std::size_t kBulk = std::size_t{16} * 1024;

}  // namespace violet

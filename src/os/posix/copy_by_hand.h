// Copying bytes from descriptor to descriptor through a buffer: where the kernel does not.
#pragma once

#include <cstddef>
#include <cstdint>

namespace violet {

// Whether the kernel does not do it between these two descriptors; by hand bytes may be copied all
// the same.
bool is_unsupported(std::int64_t error);

// As send_file().
std::int64_t copy_by_hand(int target, int source, std::int64_t offset, std::size_t length);

}  // namespace violet

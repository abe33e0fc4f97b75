// The machine's memory, in bytes. 0 stands for unknown.
#pragma once

#include <cstddef>
#include <cstdint>

namespace violet {

std::uint64_t free_memory();
std::uint64_t total_memory();
// The lowest limit on this process; UINT64_MAX when a mechanism could set one but none is set.
std::uint64_t constrained_memory();
// What this process can still take, its limits counted in.
std::uint64_t available_memory();
// 0 or a negative UV_E*.
int resident_set_size(std::size_t* size);

}  // namespace violet

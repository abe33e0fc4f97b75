// Random bytes from the system, fit for cryptography.
#pragma once

#include <cstddef>

namespace violet {

// May block shortly after the system started. 0 or a negative UV_E*.
int fill_random(void* buffer, std::size_t size);

}  // namespace violet

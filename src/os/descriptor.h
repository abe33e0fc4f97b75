// The operating system's name of an open socket: a file descriptor on Unix, a SOCKET on Windows.
#pragma once

#include <uv.h>

namespace violet {

using Descriptor = uv_os_sock_t;

inline constexpr Descriptor kNoDescriptor = static_cast<Descriptor>(-1);

// Closes it, unless it is kNoDescriptor. Keeps errno.
void close_descriptor(Descriptor descriptor);

// Another name of the same open file, not inherited by child processes; or a negative UV_E*.
Descriptor duplicate_descriptor(Descriptor descriptor);

}  // namespace violet

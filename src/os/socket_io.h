// Thin wrappers of the system calls that move bytes through sockets and pipes. Results are bytes or
// 0, or a negative UV_E*. Interrupted calls are repeated; nothing raises SIGPIPE on a socket.
#pragma once

#include <cstddef>
#include <cstdint>

#include "os/descriptor.h"

namespace violet {

std::int64_t write_gathered(Descriptor descriptor, const uv_buf_t* buffers, unsigned int count);
std::int64_t send_gathered(Descriptor socket, const uv_buf_t* buffers, unsigned int count);
// Over a Unix socket, together with at least one byte.
std::int64_t send_with_descriptor(Descriptor socket, const uv_buf_t* buffers, unsigned int count,
                                  Descriptor passed);

inline constexpr int kConnectUnderWay = 1;
// 0 when connected at once; kConnectUnderWay when the socket becomes writable once the outcome is
// known; or a negative UV_E*, UV_EAGAIN for a Unix socket whose server has a full backlog among
// them.
int connect_socket(Descriptor socket, const struct sockaddr* address, unsigned int length);
// The pending error of a socket (SO_ERROR), cleared by asking: 0 or a negative UV_E*.
int socket_error(Descriptor socket);

}  // namespace violet

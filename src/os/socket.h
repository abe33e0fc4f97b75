// Sockets as streams use them: thin wrappers of system calls. Results are 0 or a count, or a
// negative UV_E*. Interrupted calls are repeated.
#pragma once

#include <cstddef>
#include <cstdint>

#include "os/clock.h"
#include "os/descriptor.h"

namespace violet {

// Life. New descriptors do not block and are not inherited by child processes.
int open_stream_socket(int family, OwnedDescriptor& opened);
int set_nonblocking(Descriptor descriptor, bool nonblocking);
bool is_socket(Descriptor descriptor);
// Standard input, output and error belong to the process: a closing handle leaves them open.
bool is_standard_descriptor(Descriptor descriptor);

// The most buffers that one call gathers.
inline constexpr unsigned int kMaxGathered = 1024;

// Bytes read, 0 at the end, UV_EAGAIN. `socket`: whether the descriptor is one, as below.
std::int64_t read_some(Descriptor descriptor, bool socket, const uv_buf_t& buffer);
// There is no room, and the system will not tell when there is: it counts the descriptor as
// writable (ENOBUFS of the BSDs and macOS). To be tried again after a pause.
inline constexpr std::int64_t kRoomUntold = INT64_MIN;

// Bytes written, UV_EAGAIN, kRoomUntold. Never raises SIGPIPE on a socket. `passed` may be
// kNoDescriptor.
std::int64_t write_some(Descriptor descriptor, bool socket, const uv_buf_t* buffers,
                        unsigned int count, Descriptor passed);
// Sleeps until the descriptor can be written to: 0.
int wait_until_writable(Descriptor descriptor);
// As write_some(), but sleeps until at least one byte is written.
inline std::int64_t write_some_or_wait(Descriptor descriptor, bool socket, const uv_buf_t* buffers,
                                       unsigned int count, Descriptor passed) {
  for (;;) {
    const std::int64_t written = write_some(descriptor, socket, buffers, count, passed);
    if (written == kRoomUntold) {
      sleep_ms(1);
      continue;
    }
    if (written != UV_EAGAIN) return written;
    if (int error = wait_until_writable(descriptor); error != 0) return error;
  }
}
// As write_some(), for callers to whom it is the same why there is no room: UV_EAGAIN.
inline std::int64_t write_what_fits(Descriptor descriptor, bool socket, const uv_buf_t* buffers,
                                    unsigned int count, Descriptor passed) {
  const std::int64_t written = write_some(descriptor, socket, buffers, count, passed);
  return written == kRoomUntold ? std::int64_t{UV_EAGAIN} : written;
}

// Connections.
int listen_on_socket(Descriptor socket, int backlog);
int accept_connection(Descriptor socket, OwnedDescriptor& accepted);
int shut_down_writing(Descriptor socket);
// The connection ends with a reset when the socket is closed.
int make_close_reset(Descriptor socket);

// Addresses. UV_EINVAL for a family other than IPv4 and IPv6.
int internet_address_size(const struct sockaddr* address, unsigned int& size);
int bind_internet_socket(Descriptor socket, const struct sockaddr* address, unsigned int size,
                         bool ipv6_only, bool reuse_port);
int socket_name(Descriptor socket, struct sockaddr* name, int* size);
int peer_name(Descriptor socket, struct sockaddr* name, int* size);

// Options.
int set_no_delay(Descriptor socket, bool enable);
struct KeepAlive {
  unsigned int idle_seconds;
  unsigned int interval_seconds;
  unsigned int count;
};
// Null turns it off. It is on also where the system refuses the numbers: UV_EINVAL.
int set_keep_alive(Descriptor socket, const KeepAlive* options);
// Reads the size into *value if that is 0, else sets it.
enum class SocketBuffer : std::uint8_t { kSend, kReceive };
int socket_buffer_size(Descriptor socket, SocketBuffer which, int* value);

}  // namespace violet

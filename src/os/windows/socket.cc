#include "os/socket.h"

#include "os/socket_io.h"
#include "os/sockets/socket_option.h"
#include "os/sockets/socket_ways.h"
#include "os/windows/pipe_in_use.h"
#include "os/windows/unbound_socket.h"
#include "os/windows/windows_error.h"
#include "os/windows/winsock.h"

// Needs Winsock's types.
#include <mstcpip.h>

#include <utility>

namespace violet {
namespace {

// Options since Windows 10 1709, which older headers lack.
constexpr int kKeepIdle = 3;
constexpr int kKeepCount = 16;
constexpr int kKeepInterval = 17;

using NameCall = int(WSAAPI*)(SOCKET, sockaddr*, int*);

int name_by(NameCall call, Descriptor socket, sockaddr* name, int* size) {
  // Winsock answers WSAENOTSOCK for a closed descriptor.
  if (!socket.is_open()) return UV_EBADF;
  return call(socket.native(), name, size) == 0 ? 0 : last_socket_error();
}

// The older way, in which the count is the system's own.
int set_keep_alive_values(Descriptor socket, const KeepAlive& options) {
  tcp_keepalive values = {1, options.idle_seconds * 1000, options.interval_seconds * 1000};
  DWORD size = 0;
  return WSAIoctl(socket.native(), SIO_KEEPALIVE_VALS, &values, sizeof(values), nullptr, 0, &size,
                  nullptr, nullptr) == 0
             ? 0
             : last_socket_error();
}

int set_keep_alive_options(Descriptor socket, const KeepAlive& options) {
  int error =
      set_int_option(socket, IPPROTO_TCP, kKeepIdle, static_cast<int>(options.idle_seconds));
  if (error != 0) return error;
  error = set_int_option(socket, IPPROTO_TCP, kKeepInterval,
                         static_cast<int>(options.interval_seconds));
  if (error != 0) return error;
  return set_int_option(socket, IPPROTO_TCP, kKeepCount, static_cast<int>(options.count));
}

}  // namespace

int open_stream_socket(int family, OwnedDescriptor& opened) {
  if (int error = start_winsock(); error != 0) return error;
  const SOCKET made = WSASocketW(family, SOCK_STREAM, IPPROTO_TCP, nullptr, 0,
                                 WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT);
  if (made == INVALID_SOCKET) return last_socket_error();
  OwnedDescriptor socket(Descriptor::of(made));
  if (int error = set_nonblocking(socket.get(), true); error != 0) return error;
  opened = std::move(socket);
  return 0;
}

int set_nonblocking(Descriptor descriptor, bool nonblocking) {
  if (!descriptor.is_open()) return UV_EBADF;
  // Nothing to set: whether a call on a pipe waits is chosen with each call.
  if (is_pipe_in_use(system_handle(descriptor))) return 0;
  const DWORD type = GetFileType(system_handle(descriptor));
  const bool may_be_socket = type == FILE_TYPE_PIPE || type == FILE_TYPE_UNKNOWN;
  if (!may_be_socket || (type == FILE_TYPE_PIPE && !is_socket(descriptor))) return 0;
  u_long value = nonblocking ? 1 : 0;
  return ioctlsocket(descriptor.native(), FIONBIO, &value) == 0 ? 0 : last_socket_error();
}

bool is_socket(Descriptor descriptor) {
  return socket_type(descriptor.native()) != 0;
}

bool is_standard_descriptor(Descriptor descriptor) {
  if (!descriptor.is_open()) return false;
  for (DWORD name : {STD_INPUT_HANDLE, STD_OUTPUT_HANDLE, STD_ERROR_HANDLE}) {
    if (GetStdHandle(name) == system_handle(descriptor)) return true;
  }
  return false;
}

std::int64_t read_some(Descriptor descriptor, bool, const uv_buf_t& buffer) {
  DWORD count = 0;
  DWORD flags = 0;
  WSABUF room = {buffer.len, buffer.base};
  if (WSARecv(descriptor.native(), &room, 1, &count, &flags, nullptr, nullptr) != 0) {
    return last_socket_error();
  }
  return count;
}

std::int64_t write_some(Descriptor descriptor, bool socket, const uv_buf_t* buffers,
                        unsigned int count, Descriptor passed) {
  if (passed.is_open()) return send_with_descriptor(descriptor, buffers, count, passed);
  return socket ? send_gathered(descriptor, buffers, count)
                : write_gathered(descriptor, buffers, count);
}

int wait_until_writable(Descriptor descriptor) {
  WSAPOLLFD waiting = {descriptor.native(), POLLOUT, 0};
  return WSAPoll(&waiting, 1, -1) >= 0 ? 0 : last_socket_error();
}

// A pipe listens as long as its accepts are under way.
int listen_on_socket(Descriptor socket, int backlog) {
  if (GetFileType(system_handle(socket)) == FILE_TYPE_PIPE && !is_socket(socket)) return 0;
  const int family = family_of_socket(socket);
  if (family != AF_UNSPEC) {
    if (int error = bind_if_unbound(socket.native(), family); error != 0) return error;
  }
  return listen(socket.native(), backlog) == 0 ? 0 : last_socket_error();
}

int accept_connection(Descriptor socket, OwnedDescriptor& accepted) {
  const SOCKET made = accept(socket.native(), nullptr, nullptr);
  if (made == INVALID_SOCKET) return last_socket_error();
  OwnedDescriptor connection(Descriptor::of(made));
  // No race with children that other threads start: they inherit only the handles on their list.
  SetHandleInformation(reinterpret_cast<HANDLE>(made), HANDLE_FLAG_INHERIT, 0);
  if (int error = set_nonblocking(connection.get(), true); error != 0) return error;
  accepted = std::move(connection);
  return 0;
}

int shut_down_writing(Descriptor socket) {
  return shutdown(socket.native(), SD_SEND) == 0 ? 0 : last_socket_error();
}

int make_close_reset(Descriptor socket) {
  if (!socket.is_open()) return UV_EBADF;
  const linger no_wait = {1, 0};
  return set_socket_option(socket, SOL_SOCKET, SO_LINGER, no_wait);
}

// Nothing to do: on Windows a restarted server can bind its old address without an option.
int let_address_be_had_again(Descriptor) {
  return 0;
}

int set_keep_alive_times(Descriptor socket, const KeepAlive& options) {
  return set_keep_alive_options(socket, options) == 0 ? 0 : set_keep_alive_values(socket, options);
}

int socket_name(Descriptor socket, sockaddr* name, int* size) {
  return name_by(getsockname, socket, name, size);
}

int peer_name(Descriptor socket, sockaddr* name, int* size) {
  return name_by(getpeername, socket, name, size);
}

}  // namespace violet

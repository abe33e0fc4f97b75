// POSIX names on top of Winsock and the C library, for tests that were written on a POSIX system:
// this folder has headers of that system's names, which lead here. Descriptors that such tests
// open are sockets, in an int: handles of Windows have small values.
#pragma once

#include <winsock2.h>

#include <ws2tcpip.h>

#include <fcntl.h>
#include <io.h>
#include <unistd.h>
#include <uv.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>

using in_port_t = USHORT;
using in_addr_t = ULONG;
using sa_family_t = USHORT;

// None of these has a meaning here.
inline constexpr int SOCK_CLOEXEC = 0;
inline constexpr int SOCK_NONBLOCK = 0x800000;  // of posix_socket() alone
inline constexpr int MSG_DONTWAIT = 0x1000000;
inline constexpr int MSG_NOSIGNAL = 0;
inline constexpr int SHUT_RD = SD_RECEIVE;
inline constexpr int SHUT_WR = SD_SEND;
inline constexpr int SHUT_RDWR = SD_BOTH;

inline SOCKET posix_socket_of(int descriptor) {
  return static_cast<SOCKET>(static_cast<std::intptr_t>(descriptor));
}

inline bool posix_is_socket(int descriptor) {
  int type = 0;
  int size = sizeof(type);
  return ::getsockopt(posix_socket_of(descriptor), SOL_SOCKET, SO_TYPE,
                      reinterpret_cast<char*>(&type), &size) == 0;
}

// Before the first loop of the library.
inline void posix_start() {
  WSADATA data;
  WSAStartup(MAKEWORD(2, 2), &data);
}

inline int posix_result(int value) {
  if (value != SOCKET_ERROR) return value;
  errno = WSAGetLastError() == WSAEWOULDBLOCK ? EAGAIN : WSAGetLastError();
  return -1;
}

inline void posix_set_nonblocking(int descriptor, bool nonblocking) {
  u_long value = nonblocking ? 1 : 0;
  ioctlsocket(posix_socket_of(descriptor), static_cast<long>(FIONBIO), &value);
}

inline int posix_socket(int family, int type, int protocol) {
  posix_start();
  const SOCKET made = ::socket(family, type & ~SOCK_NONBLOCK, protocol);
  if (made == INVALID_SOCKET) return -1;
  const int descriptor = static_cast<int>(made);
  if ((type & SOCK_NONBLOCK) != 0) posix_set_nonblocking(descriptor, true);
  return descriptor;
}

inline int posix_close(int descriptor) {
  return posix_is_socket(descriptor) ? posix_result(closesocket(posix_socket_of(descriptor)))
                                     : ::_close(descriptor);
}

inline int posix_connect(int descriptor, const sockaddr* address, int size) {
  return posix_result(::connect(posix_socket_of(descriptor), address, size));
}
inline int posix_bind(int descriptor, const sockaddr* address, int size) {
  return posix_result(::bind(posix_socket_of(descriptor), address, size));
}
inline int posix_listen(int descriptor, int backlog) {
  return posix_result(::listen(posix_socket_of(descriptor), backlog));
}
inline int posix_accept(int descriptor, sockaddr* address, int* size) {
  return posix_result(static_cast<int>(::accept(posix_socket_of(descriptor), address, size)));
}
inline int posix_shutdown(int descriptor, int how) {
  return posix_result(::shutdown(posix_socket_of(descriptor), how));
}
inline int posix_getsockname(int descriptor, sockaddr* address, int* size) {
  return posix_result(::getsockname(posix_socket_of(descriptor), address, size));
}
template <typename Value>
int posix_setsockopt(int descriptor, int level, int option, const Value* value, int size) {
  return posix_result(::setsockopt(posix_socket_of(descriptor), level, option,
                                   reinterpret_cast<const char*>(value), size));
}
template <typename Value, typename Size>
int posix_getsockopt(std::uintptr_t descriptor, int level, int option, Value* value, Size* size) {
  int length = static_cast<int>(*size);
  const int outcome = posix_result(
      ::getsockopt(descriptor, level, option, reinterpret_cast<char*>(value), &length));
  *size = static_cast<Size>(length);
  return outcome;
}
template <typename Value, typename Size>
int posix_getsockopt(void* handle, int level, int option, Value* value, Size* size) {
  return posix_getsockopt(reinterpret_cast<std::uintptr_t>(handle), level, option, value, size);
}

// A call that does not wait, on a socket that does: a test's sockets are its own meanwhile.
inline bool posix_is_ready(int descriptor, short what) {
  WSAPOLLFD waiting = {posix_socket_of(descriptor), what, 0};
  return WSAPoll(&waiting, 1, 0) > 0;
}
inline std::ptrdiff_t posix_send(int descriptor, const void* bytes, std::size_t size, int flags) {
  if ((flags & MSG_DONTWAIT) != 0 && !posix_is_ready(descriptor, POLLOUT)) {
    errno = EAGAIN;
    return -1;
  }
  if ((flags & MSG_DONTWAIT) != 0) posix_set_nonblocking(descriptor, true);
  return posix_result(::send(posix_socket_of(descriptor), static_cast<const char*>(bytes),
                             static_cast<int>(size), flags & ~MSG_DONTWAIT));
}
inline std::ptrdiff_t posix_recv(int descriptor, void* bytes, std::size_t size, int flags) {
  if ((flags & MSG_DONTWAIT) != 0 && !posix_is_ready(descriptor, POLLIN)) {
    errno = EAGAIN;
    return -1;
  }
  return posix_result(::recv(posix_socket_of(descriptor), static_cast<char*>(bytes),
                             static_cast<int>(size), flags & ~MSG_DONTWAIT));
}
// Of what is no socket, and may have been opened for calls that do not wait.
inline std::ptrdiff_t posix_transfer(int descriptor, void* bytes, std::size_t size, bool writes) {
  const HANDLE handle = reinterpret_cast<HANDLE>(_get_osfhandle(descriptor));
  if (GetFileType(handle) != FILE_TYPE_PIPE) {
    return writes ? ::_write(descriptor, bytes, static_cast<unsigned int>(size))
                  : ::_read(descriptor, bytes, static_cast<unsigned int>(size));
  }
  OVERLAPPED overlapped = {};
  const HANDLE event = CreateEventW(nullptr, TRUE, FALSE, nullptr);
  // With the lowest bit set it reports to no port.
  overlapped.hEvent = reinterpret_cast<HANDLE>(reinterpret_cast<std::uintptr_t>(event) | 1);
  DWORD count = 0;
  const DWORD wanted = static_cast<DWORD>(size);
  BOOL is_over = writes ? WriteFile(handle, bytes, wanted, nullptr, &overlapped)
                        : ReadFile(handle, bytes, wanted, nullptr, &overlapped);
  if (!is_over && GetLastError() == ERROR_IO_PENDING) WaitForSingleObject(event, INFINITE);
  is_over = GetOverlappedResult(handle, &overlapped, &count, FALSE);
  const bool is_end = !is_over && !writes && GetLastError() == ERROR_BROKEN_PIPE;
  CloseHandle(event);
  if (!is_over && !is_end) errno = EPIPE;
  return is_over || is_end ? static_cast<std::ptrdiff_t>(count) : -1;
}
inline std::ptrdiff_t posix_read(int descriptor, void* bytes, std::size_t size) {
  return posix_is_socket(descriptor) ? posix_recv(descriptor, bytes, size, 0)
                                     : posix_transfer(descriptor, bytes, size, false);
}
inline std::ptrdiff_t posix_write(int descriptor, const void* bytes, std::size_t size) {
  return posix_is_socket(descriptor)
             ? posix_send(descriptor, bytes, size, 0)
             : posix_transfer(descriptor, const_cast<void*>(bytes), size, true);
}

// Two connected sockets of TCP: Windows has no other pair that can be polled.
inline int posix_socketpair(int, int type, int, int* ends) {
  posix_start();
  const int server = posix_socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int size = sizeof(address);
  auto* name = reinterpret_cast<sockaddr*>(&address);
  if (posix_bind(server, name, size) != 0 || posix_listen(server, 1) != 0) return -1;
  posix_getsockname(server, name, &size);
  ends[0] = posix_socket(AF_INET, SOCK_STREAM, 0);
  if (posix_connect(ends[0], name, size) != 0) return -1;
  ends[1] = posix_accept(server, nullptr, nullptr);
  closesocket(posix_socket_of(server));
  if ((type & SOCK_NONBLOCK) != 0) {
    posix_set_nonblocking(ends[0], true);
    posix_set_nonblocking(ends[1], true);
  }
  return ends[1] < 0 ? -1 : 0;
}

// Whether a socket waits is not told, so F_GETFL is missing.
inline constexpr int F_GETFD = 1;
inline constexpr int F_SETFL = 4;
inline constexpr int F_DUPFD_CLOEXEC = 1030;
inline constexpr int O_NONBLOCK = SOCK_NONBLOCK;
inline constexpr int O_CLOEXEC = 0;
inline int posix_fcntl(int descriptor, int command, int argument = 0) {
  if (!posix_is_socket(descriptor)) return -1;
  if (command == F_SETFL) posix_set_nonblocking(descriptor, argument == O_NONBLOCK);
  if (command != F_DUPFD_CLOEXEC) return 0;
  WSAPROTOCOL_INFOW description;
  WSADuplicateSocketW(posix_socket_of(descriptor), GetCurrentProcessId(), &description);
  return static_cast<int>(WSASocketW(FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO,
                                     &description, 0, WSA_FLAG_OVERLAPPED));
}
inline int posix_fcntl(void* handle, int command, int argument = 0) {
  return posix_fcntl(static_cast<int>(reinterpret_cast<std::intptr_t>(handle)), command, argument);
}
inline int posix_dup(int descriptor) {
  return posix_fcntl(descriptor, F_DUPFD_CLOEXEC);
}

// Tests have members and variables of these names, too, which are then called alike everywhere.
#define socket posix_socket
#define close posix_close
#define fcntl posix_fcntl
#define dup posix_dup
#define read posix_read
#define write posix_write
#define connect posix_connect
#define bind posix_bind
#define listen posix_listen
#define accept posix_accept
#define shutdown posix_shutdown
#define getsockname posix_getsockname
#define send posix_send
#define recv posix_recv
#define setsockopt posix_setsockopt
#define getsockopt posix_getsockopt
#define socketpair posix_socketpair
// The library's descriptors of files are the C library's; a test's are sockets.
#define uv_poll_init(loop, handle, descriptor) \
  uv_poll_init_socket(loop, handle, static_cast<uv_os_sock_t>(descriptor))

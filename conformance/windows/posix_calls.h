// POSIX names on top of Winsock and the C library, for tests in C and C++ that were written on a
// POSIX system: this folder has headers of that system's names, which lead here. Descriptors that
// such tests open are sockets, in an int: handles of Windows have small values.
#pragma once

#include <winsock2.h>

#include <ws2tcpip.h>

#include <errno.h>
#include <fcntl.h>
#include <io.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>

typedef USHORT in_port_t;
typedef ULONG in_addr_t;
typedef USHORT sa_family_t;

// Only what the functions below look at has a meaning here.
enum {
  SOCK_CLOEXEC = 0,
  SOCK_NONBLOCK = 0x800000,
  MSG_DONTWAIT = 0x1000000,
  MSG_NOSIGNAL = 0,
  SHUT_RD = SD_RECEIVE,
  SHUT_WR = SD_SEND,
  SHUT_RDWR = SD_BOTH,
  // Whether a socket waits is not told, so F_GETFL is missing.
  F_GETFD = 1,
  F_SETFL = 4,
  F_DUPFD_CLOEXEC = 1030,
  O_NONBLOCK = SOCK_NONBLOCK,
  O_CLOEXEC = 0,
};

static inline SOCKET posix_socket_of(int descriptor) {
  return (SOCKET)((intptr_t)descriptor);
}

static inline bool posix_is_socket(int descriptor) {
  int type = 0;
  int size = sizeof(type);
  return getsockopt(posix_socket_of(descriptor), SOL_SOCKET, SO_TYPE, (char*)&type, &size) == 0;
}

// Before the first loop of the library.
static inline void posix_start(void) {
  WSADATA data;
  WSAStartup(MAKEWORD(2, 2), &data);
}

static inline int posix_result(int value) {
  if (value != SOCKET_ERROR) return value;
  errno = WSAGetLastError() == WSAEWOULDBLOCK ? EAGAIN : WSAGetLastError();
  return -1;
}

static inline void posix_set_nonblocking(int descriptor, bool nonblocking) {
  u_long value = nonblocking ? 1 : 0;
  ioctlsocket(posix_socket_of(descriptor), (long)FIONBIO, &value);
}

static inline int posix_socket(int family, int type, int protocol) {
  posix_start();
  const SOCKET made = socket(family, type & ~SOCK_NONBLOCK, protocol);
  if (made == INVALID_SOCKET) return -1;
  const int descriptor = (int)made;
  if ((type & SOCK_NONBLOCK) != 0) posix_set_nonblocking(descriptor, true);
  return descriptor;
}

static inline int posix_close(int descriptor) {
  return posix_is_socket(descriptor) ? posix_result(closesocket(posix_socket_of(descriptor)))
                                     : _close(descriptor);
}

static inline int posix_connect(int descriptor, const struct sockaddr* address, int size) {
  return posix_result(connect(posix_socket_of(descriptor), address, size));
}
static inline int posix_bind(int descriptor, const struct sockaddr* address, int size) {
  return posix_result(bind(posix_socket_of(descriptor), address, size));
}
static inline int posix_listen(int descriptor, int backlog) {
  return posix_result(listen(posix_socket_of(descriptor), backlog));
}
static inline int posix_accept(int descriptor, struct sockaddr* address, int* size) {
  return posix_result((int)(accept(posix_socket_of(descriptor), address, size)));
}
static inline int posix_shutdown(int descriptor, int how) {
  return posix_result(shutdown(posix_socket_of(descriptor), how));
}
static inline int posix_getsockname(int descriptor, struct sockaddr* address, int* size) {
  return posix_result(getsockname(posix_socket_of(descriptor), address, size));
}
static inline int posix_setsockopt(int descriptor, int level, int option, const void* value,
                                   int size) {
  return posix_result(
      setsockopt(posix_socket_of(descriptor), level, option, (const char*)value, size));
}
static inline int posix_get_option(int descriptor, int level, int option, void* value, int* size) {
  return posix_result(getsockopt(posix_socket_of(descriptor), level, option, (char*)value, size));
}

// A call that does not wait, on a socket that does: a test's sockets are its own meanwhile.
static inline bool posix_is_ready(int descriptor, short what) {
  WSAPOLLFD waiting = {posix_socket_of(descriptor), what, 0};
  return WSAPoll(&waiting, 1, 0) > 0;
}
static inline ptrdiff_t posix_send(int descriptor, const void* bytes, size_t size, int flags) {
  if ((flags & MSG_DONTWAIT) != 0 && !posix_is_ready(descriptor, POLLOUT)) {
    errno = EAGAIN;
    return -1;
  }
  if ((flags & MSG_DONTWAIT) != 0) posix_set_nonblocking(descriptor, true);
  return posix_result(
      send(posix_socket_of(descriptor), (const char*)bytes, (int)size, flags & ~MSG_DONTWAIT));
}
// Of what is no socket, and may have been opened for calls that do not wait. One that may not wait
// is taken back when it does.
static inline ptrdiff_t posix_transfer(HANDLE handle, void* bytes, size_t size, bool writes,
                                       bool waits) {
  OVERLAPPED overlapped;
  memset(&overlapped, 0, sizeof(overlapped));
  const HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
  // With the lowest bit set it reports to no port.
  overlapped.hEvent = (HANDLE)((uintptr_t)event | 1);
  DWORD count = 0;
  BOOL is_over = writes ? WriteFile(handle, bytes, (DWORD)size, NULL, &overlapped)
                        : ReadFile(handle, bytes, (DWORD)size, NULL, &overlapped);
  if (!is_over && GetLastError() == ERROR_IO_PENDING) {
    if (!waits) CancelIoEx(handle, &overlapped);
    WaitForSingleObject(event, INFINITE);
  }
  is_over = GetOverlappedResult(handle, &overlapped, &count, FALSE);
  const bool is_end = !is_over && !writes && GetLastError() == ERROR_BROKEN_PIPE;
  if (!is_over && !is_end) errno = GetLastError() == ERROR_OPERATION_ABORTED ? EAGAIN : EPIPE;
  CloseHandle(event);
  return is_over || is_end ? (ptrdiff_t)count : -1;
}
static inline ptrdiff_t posix_file_transfer(int descriptor, void* bytes, size_t size, bool writes) {
  const HANDLE handle = (HANDLE)_get_osfhandle(descriptor);
  if (GetFileType(handle) == FILE_TYPE_PIPE) {
    return posix_transfer(handle, bytes, size, writes, true);
  }
  return writes ? _write(descriptor, bytes, (unsigned int)size)
                : _read(descriptor, bytes, (unsigned int)size);
}

// The end of a pipe is read as the socket that it is elsewhere.
static inline ptrdiff_t posix_recv(int descriptor, void* bytes, size_t size, int flags) {
  const bool waits = (flags & MSG_DONTWAIT) == 0;
  if (!posix_is_socket(descriptor)) {
    return posix_transfer((HANDLE)_get_osfhandle(descriptor), bytes, size, false, waits);
  }
  if (!waits && !posix_is_ready(descriptor, POLLIN)) {
    errno = EAGAIN;
    return -1;
  }
  return posix_result(
      recv(posix_socket_of(descriptor), (char*)bytes, (int)size, flags & ~MSG_DONTWAIT));
}
static inline ptrdiff_t posix_sendto(int descriptor, const void* bytes, size_t size, int flags,
                                     const struct sockaddr* address, int length) {
  return posix_result(
      sendto(posix_socket_of(descriptor), (const char*)bytes, (int)size, flags, address, length));
}
static inline ptrdiff_t posix_read(int descriptor, void* bytes, size_t size) {
  return posix_is_socket(descriptor) ? posix_recv(descriptor, bytes, size, 0)
                                     : posix_file_transfer(descriptor, bytes, size, false);
}
static inline ptrdiff_t posix_write(int descriptor, const void* bytes, size_t size) {
  return posix_is_socket(descriptor) ? posix_send(descriptor, bytes, size, 0)
                                     : posix_file_transfer(descriptor, (void*)bytes, size, true);
}

// The two ends of a pipe with which both can read and write, as files of the C library.
static inline int posix_pipe_ends(int* ends) {
  static int made = 0;
  char name[64];
  snprintf(name, sizeof(name), "\\\\.\\pipe\\violet-test-%lu-%d", GetCurrentProcessId(), ++made);
  const HANDLE server =
      CreateNamedPipeA(name, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED,
                       PIPE_TYPE_MESSAGE | PIPE_READMODE_BYTE, 1, 65536, 65536, 0, NULL);
  const HANDLE client = CreateFileA(name, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING,
                                    FILE_FLAG_OVERLAPPED, NULL);
  if (server == INVALID_HANDLE_VALUE || client == INVALID_HANDLE_VALUE) return -1;
  ends[0] = _open_osfhandle((intptr_t)server, _O_BINARY);
  ends[1] = _open_osfhandle((intptr_t)client, _O_BINARY);
  return ends[0] < 0 || ends[1] < 0 ? -1 : 0;
}

// Two connected sockets of TCP: Windows has no other pair that can be polled.
static inline int posix_socketpair(int family, int type, int protocol, int* ends) {
  (void)family;
  (void)protocol;
  posix_start();
  const int server = posix_socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in address;
  memset(&address, 0, sizeof(address));
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int size = sizeof(address);
  struct sockaddr* name = (struct sockaddr*)&address;
  if (posix_bind(server, name, size) != 0 || posix_listen(server, 1) != 0) return -1;
  posix_getsockname(server, name, &size);
  ends[0] = posix_socket(AF_INET, SOCK_STREAM, 0);
  if (posix_connect(ends[0], name, size) != 0) return -1;
  ends[1] = posix_accept(server, NULL, NULL);
  closesocket(posix_socket_of(server));
  if ((type & SOCK_NONBLOCK) != 0) {
    posix_set_nonblocking(ends[0], true);
    posix_set_nonblocking(ends[1], true);
  }
  return ends[1] < 0 ? -1 : 0;
}

static inline int posix_control(int descriptor, int command, int argument) {
  if (!posix_is_socket(descriptor)) return -1;
  if (command == F_SETFL) posix_set_nonblocking(descriptor, argument == O_NONBLOCK);
  if (command != F_DUPFD_CLOEXEC) return 0;
  WSAPROTOCOL_INFOW description;
  WSADuplicateSocketW(posix_socket_of(descriptor), GetCurrentProcessId(), &description);
  return (int)WSASocketW(FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, &description,
                         0, WSA_FLAG_OVERLAPPED);
}
static inline int posix_dup(int descriptor) {
  return posix_control(descriptor, F_DUPFD_CLOEXEC, 0);
}

// What C++ may leave out or say otherwise: no last argument, a handle of the library's.
#if defined(__cplusplus)
inline int posix_fcntl(int descriptor, int command, int argument = 0) {
  return posix_control(descriptor, command, argument);
}
inline int posix_fcntl(void* handle, int command, int argument = 0) {
  return posix_control((int)(intptr_t)handle, command, argument);
}
inline int posix_getsockopt(int descriptor, int level, int option, void* value, int* size) {
  return posix_get_option(descriptor, level, option, value, size);
}
inline int posix_getsockopt(void* handle, int level, int option, void* value, int* size) {
  return posix_get_option((int)(intptr_t)handle, level, option, value, size);
}
#else
#define posix_fcntl posix_control
#define posix_getsockopt posix_get_option
#endif

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
#define sendto posix_sendto
#define recv posix_recv
#define setsockopt posix_setsockopt
#define getsockopt posix_getsockopt
#define socketpair posix_socketpair
// The library's descriptors of files are the C library's; a test's are sockets.
#define uv_poll_init(loop, handle, descriptor) \
  uv_poll_init_socket(loop, handle, (uv_os_sock_t)(descriptor))

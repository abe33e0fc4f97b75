/** Connected pairs of sockets, ready before the loop runs: what one end writes, the other has. */
#ifndef PAIRS_H_
#define PAIRS_H_

#include "trace.h" /* first: it asks libc for more than strict C99 */

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stddef.h>
#include <sys/socket.h>
#include <unistd.h>

TRACE_HELPER struct sockaddr_in loopback(int port) {
  struct sockaddr_in address;
  must(uv_ip4_addr("127.0.0.1", port, &address));
  return address;
}

/* Where the names of local sockets and pipes lie. */
#if defined(_WIN32)
#define NAMES_OF_PIPES "\\\\.\\pipe\\"
#else
#define NAMES_OF_PIPES "/tmp/"
#endif

/** Two connected local sockets. */
TRACE_HELPER void local_sockets(int ends[2]) {
  check(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
}

/** Two connected ends that uv_pipe_open() takes: on Windows these are no sockets. */
TRACE_HELPER void pipe_ends(int ends[2]) {
#if defined(_WIN32)
  check(posix_pipe_ends(ends) == 0);
#else
  local_sockets(ends);
#endif
}

/** What there is in a pipe that does not block. */
TRACE_HELPER ssize_t read_now(int end, void* memory, size_t size) {
#if defined(_WIN32)
  return recv(end, memory, size, MSG_DONTWAIT);
#else
  return read(end, memory, size);
#endif
}

/** The socket of a handle, for calls of the system's. */
TRACE_HELPER int socket_of(const void* handle) {
  uv_os_fd_t descriptor;
  must(uv_fileno((const uv_handle_t*)handle, &descriptor));
  return (int)(ptrdiff_t)descriptor;
}

/** Two connected TCP sockets on the loopback interface. */
TRACE_HELPER void tcp_sockets(int ends[2]) {
  struct sockaddr_in address = loopback(0);
  socklen_t length = sizeof address;
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  check(bind(listener, (struct sockaddr*)&address, length) == 0);
  check(listen(listener, 1) == 0);
  check(getsockname(listener, (struct sockaddr*)&address, &length) == 0);
  ends[0] = socket(AF_INET, SOCK_STREAM, 0);
  check(connect(ends[0], (struct sockaddr*)&address, length) == 0);
  ends[1] = accept(listener, NULL, NULL);
  check(ends[1] >= 0);
  close(listener);
}

/** Two connected pipe handles of one loop. */
TRACE_HELPER void pipe_pair(uv_loop_t* loop, uv_pipe_t* left, uv_pipe_t* right) {
  int ends[2];
  pipe_ends(ends);
  must(uv_pipe_init(loop, left, 0));
  must(uv_pipe_init(loop, right, 0));
  must(uv_pipe_open(left, ends[0]));
  must(uv_pipe_open(right, ends[1]));
}

/** A pipe handle, and the descriptor of its other end. */
TRACE_HELPER int pipe_and_peer(uv_loop_t* loop, uv_pipe_t* pipe) {
  int ends[2];
  pipe_ends(ends);
  must(uv_pipe_init(loop, pipe, 0));
  must(uv_pipe_open(pipe, ends[0]));
  return ends[1];
}

/** Two connected TCP handles of one loop. */
TRACE_HELPER void tcp_pair(uv_loop_t* loop, uv_tcp_t* left, uv_tcp_t* right) {
  int ends[2];
  tcp_sockets(ends);
  must(uv_tcp_init(loop, left));
  must(uv_tcp_init(loop, right));
  must(uv_tcp_open(left, ends[0]));
  must(uv_tcp_open(right, ends[1]));
}

/** A TCP handle that listens on a free port of the loopback interface, and its address. */
TRACE_HELPER struct sockaddr_in tcp_listen(uv_loop_t* loop, uv_tcp_t* server, int backlog,
                                           uv_connection_cb cb) {
  struct sockaddr_in address = loopback(0);
  int length = sizeof address;
  must(uv_tcp_init(loop, server));
  must(uv_tcp_bind(server, (struct sockaddr*)&address, 0));
  must(uv_listen((uv_stream_t*)server, backlog, cb));
  must(uv_tcp_getsockname(server, (struct sockaddr*)&address, &length));
  return address;
}

/** A UDP handle bound to a free port of the loopback interface, and its address. */
TRACE_HELPER struct sockaddr_in udp_bound(uv_loop_t* loop, uv_udp_t* handle) {
  struct sockaddr_in address = loopback(0);
  int length = sizeof address;
  must(uv_udp_init(loop, handle));
  must(uv_udp_bind(handle, (struct sockaddr*)&address, 0));
  must(uv_udp_getsockname(handle, (struct sockaddr*)&address, &length));
  return address;
}

/** Memory for reads that are looked at one at a time. */
TRACE_HELPER void give_buffer(uv_handle_t* handle, size_t suggested, uv_buf_t* buf) {
  static char memory[65536];
  (void)handle;
  (void)suggested;
  *buf = uv_buf_init(memory, sizeof memory);
}

TRACE_HELPER void send_bytes(int fd, const char* text) {
  check(write(fd, text, strlen(text)) == (ssize_t)strlen(text));
}

#endif /* PAIRS_H_ */

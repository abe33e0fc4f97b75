/*
 * While a UDP handle does not receive, the program puts another socket in the place of the one that
 * it gave the handle (dup2). Receiving again, the handle has that socket's datagrams.
 *
 * rules: UDP-11
 * total: quiet, received(bytes=1)
 */
#include "pairs.h"

static char memory[16];

static void on_alloc(uv_handle_t* handle, size_t suggested, uv_buf_t* buffer) {
  (void)handle;
  (void)suggested;
  *buffer = uv_buf_init(memory, sizeof memory);
}

static void on_receive(uv_udp_t* udp, ssize_t count, const uv_buf_t* buffer,
                       const struct sockaddr* from, unsigned int flags) {
  (void)buffer;
  (void)flags;
  if (from == NULL) return;
  trace_int("received", "bytes", count);
  must(uv_udp_recv_stop(udp));
}

static int bound_socket(struct sockaddr_in* address) {
  socklen_t length = sizeof *address;
  const int descriptor = socket(AF_INET, SOCK_DGRAM, 0);
  check(descriptor >= 0);
  *address = loopback(0);
  check(bind(descriptor, (struct sockaddr*)address, length) == 0);
  check(getsockname(descriptor, (struct sockaddr*)address, &length) == 0);
  check(fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0);
  return descriptor;
}

static void scenario(uv_loop_t* loop) {
  uv_udp_t udp;
  struct sockaddr_in address;
  const int place = bound_socket(&address);
  must(uv_udp_init(loop, &udp));
  must(uv_udp_open(&udp, place));
  must(uv_udp_recv_start(&udp, on_alloc, on_receive));
  must(uv_run(loop, UV_RUN_NOWAIT));
  must(uv_udp_recv_stop(&udp));
  const int second = bound_socket(&address);
  check(dup2(second, place) == place);
  must(uv_udp_recv_start(&udp, on_alloc, on_receive));
  must(uv_run(loop, UV_RUN_NOWAIT));
  trace("quiet");
  check(sendto(second, "x", 1, 0, (struct sockaddr*)&address, sizeof address) == 1);
  must(uv_run(loop, UV_RUN_DEFAULT));
  close(second);
  uv_close((uv_handle_t*)&udp, NULL);
  must(uv_run(loop, UV_RUN_DEFAULT));
}

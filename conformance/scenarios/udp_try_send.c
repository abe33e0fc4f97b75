/*
 * uv_udp_try_send() sends at once and runs no callback.
 *
 * rules: UDP-05
 * total: sent(bytes=2), queue(count=0), received(bytes=2)
 */
#include "pairs.h"

static uv_udp_t handle;

static void scenario(uv_loop_t* loop) {
  struct sockaddr_in address = loopback(0);
  socklen_t length = sizeof address;
  char memory[8];
  uv_buf_t buf = uv_buf_init((char*)"hi", 2);
  int receiver = socket(AF_INET, SOCK_DGRAM, 0);
  check(bind(receiver, (struct sockaddr*)&address, sizeof address) == 0);
  check(getsockname(receiver, (struct sockaddr*)&address, &length) == 0);
  must(uv_udp_init(loop, &handle));
  trace_int("sent", "bytes", uv_udp_try_send(&handle, &buf, 1, (struct sockaddr*)&address));
  trace_int("queue", "count", (long long)uv_udp_get_send_queue_count(&handle));
  trace_int("received", "bytes", recv(receiver, memory, sizeof memory, 0));
  close(receiver);
}

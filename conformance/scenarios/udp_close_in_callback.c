/*
 * A UDP handle closed in its receive callback receives no more, although more datagrams wait.
 *
 * rules: UDP-06, CLOSE-05
 * total: received, closed
 */
#include "pairs.h"

static uv_udp_t receiver;

static void on_closed(uv_handle_t* handle) {
  (void)handle;
  trace("closed");
}

static void on_received(uv_udp_t* handle, ssize_t nread, const uv_buf_t* buf,
                        const struct sockaddr* from, unsigned flags) {
  (void)nread;
  (void)buf;
  (void)flags;
  if (from == NULL) return;
  trace("received");
  uv_close((uv_handle_t*)handle, on_closed);
}

static void scenario(uv_loop_t* loop) {
  struct sockaddr_in address = udp_bound(loop, &receiver);
  int sender = socket(AF_INET, SOCK_DGRAM, 0);
  int i;
  for (i = 0; i < 5; i++) {
    check(sendto(sender, "x", 1, 0, (struct sockaddr*)&address, sizeof address) == 1);
  }
  must(uv_udp_recv_start(&receiver, give_buffer, on_received));
  must(uv_run(loop, UV_RUN_DEFAULT));
  close(sender);
}

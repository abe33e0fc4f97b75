/*
 * uv_udp_recv_stop() in a receive callback takes effect at once; datagrams that wait come after the
 * next uv_udp_recv_start().
 *
 * rules: UDP-04
 * total: received(text=a), stopped, received(text=b), stopped, received(text=c), stopped
 */
#include "pairs.h"

static uv_udp_t receiver;

static void on_received(uv_udp_t* handle, ssize_t nread, const uv_buf_t* buf,
                        const struct sockaddr* from, unsigned flags) {
  char text[2] = {0};
  (void)flags;
  if (from == NULL) return;
  check(nread == 1);
  text[0] = buf->base[0];
  trace_text("received", "text", text);
  must(uv_udp_recv_stop(handle));
}

static void scenario(uv_loop_t* loop) {
  struct sockaddr_in address = udp_bound(loop, &receiver);
  int sender = socket(AF_INET, SOCK_DGRAM, 0);
  int i;
  for (i = 0; i < 3; i++) {
    check(sendto(sender, &"abc"[i], 1, 0, (struct sockaddr*)&address, sizeof address) == 1);
  }
  for (i = 0; i < 3; i++) {
    must(uv_udp_recv_start(&receiver, give_buffer, on_received));
    must(uv_run(loop, UV_RUN_DEFAULT));
    trace("stopped");
  }
  close(sender);
}

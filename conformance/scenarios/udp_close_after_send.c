/*
 * A UDP handle closed right after a send: the send's callback runs once, before the close callback,
 * with 0 if the datagram left already or UV_ECANCELED if not.
 *
 * rules: UDP-07, CLOSE-10
 * total: closing, sent, closed
 */
#include "pairs.h"

static uv_udp_t receiver;
static uv_udp_t sender;
static uv_udp_send_t request;

static void on_sent(uv_udp_send_t* send_request, int status) {
  (void)send_request;
  check(status == 0 || status == UV_ECANCELED);
  trace("sent");
}

static void on_closed(uv_handle_t* handle) {
  (void)handle;
  trace("closed");
}

static void scenario(uv_loop_t* loop) {
  struct sockaddr_in address = udp_bound(loop, &receiver);
  uv_buf_t buf = uv_buf_init((char*)"x", 1);
  must(uv_udp_init(loop, &sender));
  must(uv_udp_send(&request, &sender, &buf, 1, (struct sockaddr*)&address, on_sent));
  uv_close((uv_handle_t*)&sender, on_closed);
  trace("closing");
  must(uv_run(loop, UV_RUN_DEFAULT));
}

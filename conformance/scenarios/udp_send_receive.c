/*
 * A datagram's send callback does not run inside uv_udp_send(); callbacks come in the order of the
 * sends, and each datagram gives one receive callback, with its bounds kept.
 *
 * rules: UDP-01, UDP-02, UDP-03, RE-01
 * count: sent(number=1) = 1
 * count: sent(number=2) = 1
 * count: sent(number=3) = 1
 * order: requested < sent(number=1) < sent(number=2) < sent(number=3)
 * order: received(bytes=1) < received(bytes=0) < received(bytes=3)
 * count: received = 3
 * count: queue(bytes=0, count=0) = 1
 */
#include "pairs.h"

static uv_udp_t receiver;
static uv_udp_t sender;
static uv_udp_send_t requests[3];
static int sent;
static int received;

static void end_when_all_came(void) {
  if (sent < 3 || received < 3) return;
  printf("{\"event\":\"%s\",\"bytes\":%d,\"count\":%d}\n", "queue",
         (int)uv_udp_get_send_queue_size(&sender), (int)uv_udp_get_send_queue_count(&sender));
  uv_close((uv_handle_t*)&receiver, NULL);
}

static void on_sent(uv_udp_send_t* request, int status) {
  must(status);
  trace_int("sent", "number", request - requests + 1);
  sent++;
  end_when_all_came();
}

static void on_received(uv_udp_t* handle, ssize_t nread, const uv_buf_t* buf,
                        const struct sockaddr* from, unsigned flags) {
  (void)handle;
  (void)buf;
  (void)flags;
  if (from == NULL) return; /* nothing more for now */
  trace_int("received", "bytes", nread);
  received++;
  end_when_all_came();
}

static void scenario(uv_loop_t* loop) {
  struct sockaddr_in address = udp_bound(loop, &receiver);
  static const unsigned lengths[] = {1, 0, 3};
  int i;
  must(uv_udp_init(loop, &sender));
  must(uv_udp_recv_start(&receiver, give_buffer, on_received));
  for (i = 0; i < 3; i++) {
    uv_buf_t buf = uv_buf_init((char*)"xyz", lengths[i]);
    must(uv_udp_send(&requests[i], &sender, &buf, 1, (struct sockaddr*)&address, on_sent));
  }
  trace("requested");
  must(uv_run(loop, UV_RUN_DEFAULT));
}

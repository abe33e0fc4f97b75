/*
 * A program that stops receiving where it is asked for memory, and gives some, has it back through
 * the receive callback, with no bytes and no address; the datagram stays.
 *
 * rules: UDP-08
 * total: alloc, back(same=1), stopped, alloc, received, alloc, back(same=1), closed
 */
#include "pairs.h"

static uv_udp_t receiver;
static char memory[100];

static void on_closed(uv_handle_t* handle) {
  (void)handle;
  trace("closed");
}

static void stop(uv_handle_t* handle) {
  must(uv_udp_recv_stop((uv_udp_t*)handle));
}
static void shut(uv_handle_t* handle) {
  uv_close(handle, on_closed);
}
static void go_on(uv_handle_t* handle) {
  (void)handle;
}
static void (*while_asked)(uv_handle_t*);

static void on_alloc(uv_handle_t* handle, size_t suggested, uv_buf_t* buf) {
  (void)suggested;
  trace("alloc");
  *buf = uv_buf_init(memory, sizeof memory);
  while_asked(handle);
}

static void on_received(uv_udp_t* handle, ssize_t nread, const uv_buf_t* buf,
                        const struct sockaddr* from, unsigned flags) {
  check(flags == 0);
  if (nread == 0 && from == NULL) {
    trace_int("back", "same", buf->base == memory);
    return;
  }
  trace("received");
  must(uv_udp_recv_stop(handle));
}

static void receive_once(uv_loop_t* loop, void (*while_asking)(uv_handle_t*)) {
  while_asked = while_asking;
  must(uv_udp_recv_start(&receiver, on_alloc, on_received));
  must(uv_run(loop, UV_RUN_DEFAULT));
}

static void scenario(uv_loop_t* loop) {
  struct sockaddr_in address = udp_bound(loop, &receiver);
  int sender = socket(AF_INET, SOCK_DGRAM, 0);
  int i;
  if (uv_version() < 0x013200) skip("libuv 1.44 calls a null pointer");
  for (i = 0; i < 2; i++)
    check(sendto(sender, "a", 1, 0, (struct sockaddr*)&address, sizeof address) == 1);
  receive_once(loop, stop);
  trace("stopped");
  receive_once(loop, go_on);
  receive_once(loop, shut);
  close(sender);
}

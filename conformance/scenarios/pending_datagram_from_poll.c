/*
 * A datagram sent in a callback of the poll phase: the system takes it at once, and its callback
 * runs in the same iteration, before check. An engine that sends by itself may take longer.
 *
 * rules: PHASE-12
 * order: read < check
 * order: read < sent
 * count: sent = 1
 * never: late
 */
#include "pairs.h"

static uv_pipe_t stream;
static uv_udp_t receiver;
static uv_udp_t sender;
static uv_udp_send_t request;
static uv_check_t check_handle;
static struct sockaddr_in address;
static int arrived_at_once;
static int checked;

static void on_sent(uv_udp_send_t* send_request, int status) {
  must(status);
  trace("sent");
  if (arrived_at_once && checked) trace("late");
  uv_stop(send_request->handle->loop);
}

static void on_read(uv_stream_t* handle, ssize_t nread, const uv_buf_t* buf) {
  uv_buf_t datagram = uv_buf_init((char*)"y", 1);
  char memory[1];
  (void)handle;
  (void)buf;
  check(nread == 1);
  trace("read");
  must(uv_udp_send(&request, &sender, &datagram, 1, (struct sockaddr*)&address, on_sent));
  arrived_at_once = recv(socket_of(&receiver), memory, 1, MSG_DONTWAIT | MSG_PEEK) == 1;
}

static void on_check(uv_check_t* handle) {
  trace("check");
  checked = 1;
  must(uv_check_stop(handle));
}

static void scenario(uv_loop_t* loop) {
  int peer = pipe_and_peer(loop, &stream);
  address = udp_bound(loop, &receiver);
  must(uv_udp_init(loop, &sender));
  must(uv_check_init(loop, &check_handle));
  must(uv_check_start(&check_handle, on_check));
  must(uv_read_start((uv_stream_t*)&stream, give_buffer, on_read));
  send_bytes(peer, "x");
  must(uv_run(loop, UV_RUN_DEFAULT));
  close(peer);
}

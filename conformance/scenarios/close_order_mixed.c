/*
 * The close callbacks of different kinds of handles, closed in one callback, run in the opposite
 * order of the uv_close() calls, too.
 *
 * rules: CLOSE-06, CLOSE-16
 * total: udp, pipe, idle, async, poll, timer
 */
#include "pairs.h"

static uv_timer_t timer;
static uv_poll_t poll_handle;
static uv_async_t async;
static uv_idle_t idle;
static uv_pipe_t stream;
static uv_udp_t udp;

static void on_closed(uv_handle_t* handle) {
  trace(uv_handle_type_name(uv_handle_get_type(handle)));
}

static void on_timer(uv_timer_t* handle) {
  uv_close((uv_handle_t*)handle, on_closed);
  uv_close((uv_handle_t*)&poll_handle, on_closed);
  uv_close((uv_handle_t*)&async, on_closed);
  uv_close((uv_handle_t*)&idle, on_closed);
  uv_close((uv_handle_t*)&stream, on_closed);
  uv_close((uv_handle_t*)&udp, on_closed);
}

static void on_poll(uv_poll_t* handle, int status, int events) {
  (void)handle;
  (void)status;
  (void)events;
}

static void on_idle(uv_idle_t* handle) {
  (void)handle;
}

static void on_read(uv_stream_t* handle, ssize_t nread, const uv_buf_t* buf) {
  (void)handle;
  (void)nread;
  (void)buf;
}

static void on_received(uv_udp_t* handle, ssize_t nread, const uv_buf_t* buf,
                        const struct sockaddr* from, unsigned flags) {
  (void)handle;
  (void)nread;
  (void)buf;
  (void)from;
  (void)flags;
}

/* The names that the trace gets: "timer" "poll" "async" "idle" "pipe" "udp". */
static void scenario(uv_loop_t* loop) {
  int ends[2];
  int peer = pipe_and_peer(loop, &stream);
  local_sockets(ends);
  must(uv_timer_init(loop, &timer));
  must(uv_poll_init(loop, &poll_handle, ends[0]));
  must(uv_async_init(loop, &async, NULL));
  must(uv_idle_init(loop, &idle));
  udp_bound(loop, &udp);
  must(uv_timer_start(&timer, on_timer, 1, 0));
  must(uv_poll_start(&poll_handle, UV_READABLE, on_poll));
  must(uv_idle_start(&idle, on_idle));
  must(uv_read_start((uv_stream_t*)&stream, give_buffer, on_read));
  must(uv_udp_recv_start(&udp, give_buffer, on_received));
  must(uv_run(loop, UV_RUN_DEFAULT));
  close(peer);
  close(ends[0]);
  close(ends[1]);
}

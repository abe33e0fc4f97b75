/*
 * A stream that never runs dry does not shut out the rest: check, timers and another stream have
 * their turns while it reads.
 *
 * rules: POLL-03, POLL-04
 * count: check >= 3
 * count: timer = 1
 * count: other = 1
 */
#include "pairs.h"

static uv_pipe_t endless;
static uv_pipe_t other;
static uv_check_t check_handle;
static uv_timer_t timer;
static int peers[2];
static int checks;
static int timed;
static int heard;

static void end_when_all_came(void) {
  if (checks < 3 || !timed || !heard) return;
  uv_close((uv_handle_t*)&endless, NULL);
  uv_close((uv_handle_t*)&other, NULL);
  uv_close((uv_handle_t*)&check_handle, NULL);
}

static void on_endless(uv_stream_t* handle, ssize_t nread, const uv_buf_t* buf) {
  (void)handle;
  check(nread > 0);
  check(write(peers[0], buf->base, (size_t)nread) == nread); /* what is read comes again */
}

static void on_other(uv_stream_t* handle, ssize_t nread, const uv_buf_t* buf) {
  (void)buf;
  check(nread == 1);
  trace("other");
  heard = 1;
  must(uv_read_stop(handle));
}

static void on_timer(uv_timer_t* handle) {
  (void)handle;
  trace("timer");
  timed = 1;
}

static void on_check(uv_check_t* handle) {
  (void)handle;
  trace("check");
  if (++checks == 1) send_bytes(peers[1], "x");
  end_when_all_came();
}

static void scenario(uv_loop_t* loop) {
  peers[0] = pipe_and_peer(loop, &endless);
  peers[1] = pipe_and_peer(loop, &other);
  must(uv_read_start((uv_stream_t*)&endless, give_buffer, on_endless));
  must(uv_read_start((uv_stream_t*)&other, give_buffer, on_other));
  must(uv_check_init(loop, &check_handle));
  must(uv_check_start(&check_handle, on_check));
  must(uv_timer_init(loop, &timer));
  must(uv_timer_start(&timer, on_timer, 1, 0));
  send_bytes(peers[0], "round and round");
  must(uv_run(loop, UV_RUN_DEFAULT));
  close(peers[0]);
  close(peers[1]);
}

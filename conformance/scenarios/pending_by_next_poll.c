/*
 * A write that the system takes at once, wherever outside of the poll phase it is begun, has its
 * callback before the poll phase that follows is over: put off before idle, or in that phase.
 *
 * rules: PHASE-10
 * count: in-time(from=start) = 1
 * count: in-time(from=idle) = 1
 * count: in-time(from=prepare) = 1
 * count: in-time(from=check) = 1
 * count: in-time(from=close) = 1
 * count: in-time(from=timer) = 1
 * never: late
 */
#include "pairs.h"

enum { kWrites = 6 };

typedef struct {
  uv_write_t request;
  const char* from;
  int polls;
} Writing;

static uv_pipe_t stream;
static uv_idle_t idle;
static uv_prepare_t prepare;
static uv_check_t check_handle;
static uv_timer_t timer;
static uv_timer_t closed;
static Writing writings[kWrites];
static int begun;
static int polls;

static void on_write(uv_write_t* request, int status) {
  Writing* writing = (Writing*)request;
  must(status);
  trace_text(writing->polls == polls ? "in-time" : "late", "from", writing->from);
}

static void write_from(const char* from) {
  uv_buf_t buf = uv_buf_init((char*)"x", 1);
  Writing* writing = &writings[begun++];
  check(begun <= kWrites);
  writing->from = from;
  writing->polls = polls;
  must(uv_write(&writing->request, (uv_stream_t*)&stream, &buf, 1, on_write));
}

static void on_idle(uv_idle_t* handle) {
  (void)handle;
  if (polls == 1) write_from("idle");
}

static void on_prepare(uv_prepare_t* handle) {
  (void)handle;
  if (polls == 3) write_from("prepare");
}

static void on_closed(uv_handle_t* handle) {
  (void)handle;
  write_from("close");
}

static void on_timer(uv_timer_t* handle) {
  (void)handle;
  write_from("timer");
}

static void on_check(uv_check_t* handle) {
  (void)handle;
  polls++;
  if (polls == 5) write_from("check");
  if (polls == 7) uv_close((uv_handle_t*)&closed, on_closed);
  if (polls == 9) must(uv_timer_start(&timer, on_timer, 0, 0));
}

static void scenario(uv_loop_t* loop) {
  int peer = pipe_and_peer(loop, &stream);
  int i;
  must(uv_idle_init(loop, &idle));
  must(uv_prepare_init(loop, &prepare));
  must(uv_check_init(loop, &check_handle));
  must(uv_timer_init(loop, &timer));
  must(uv_timer_init(loop, &closed));
  must(uv_idle_start(&idle, on_idle));
  must(uv_prepare_start(&prepare, on_prepare));
  must(uv_check_start(&check_handle, on_check));
  write_from("start");
  for (i = 0; i < 12; i++)
    uv_run(loop, UV_RUN_NOWAIT);
  close(peer);
}

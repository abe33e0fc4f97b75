/*
 * A state that the poll callback itself has ended is not told again. One that ended elsewhere may
 * be told once more, if the loop had looked before.
 *
 * rules: POLL-11
 * order: first < ended-inside < fed-again < second < ended-outside < over
 * count: first = 1
 * count: second = 1
 * count: late <= 1
 */
#include "pairs.h"

static uv_poll_t poll_handle;
static const char* next = "first";
static int drains = 1;

static void drain(int end) {
  char bytes[16];
  while (read(end, bytes, sizeof(bytes)) > 0) {
  }
}

static void on_poll(uv_poll_t* handle, int status, int events) {
  must(status);
  check(events == UV_READABLE);
  trace(next);
  if (drains) drain(socket_of(handle));
}

static void run_thrice(uv_loop_t* loop) {
  int i;
  for (i = 0; i < 3; i++)
    uv_run(loop, UV_RUN_NOWAIT);
}

static void scenario(uv_loop_t* loop) {
  int ends[2];
  local_sockets(ends);
  must(uv_poll_init(loop, &poll_handle, ends[0]));
  must(uv_poll_start(&poll_handle, UV_READABLE, on_poll));
  send_bytes(ends[1], "x");
  run_thrice(loop);
  trace("ended-inside");
  next = "second";
  drains = 0;
  trace("fed-again");
  send_bytes(ends[1], "x");
  uv_run(loop, UV_RUN_NOWAIT);
  drain(ends[0]);
  next = "late";
  trace("ended-outside");
  run_thrice(loop);
  trace("over");
  uv_close((uv_handle_t*)&poll_handle, NULL);
  must(uv_run(loop, UV_RUN_DEFAULT));
  close(ends[0]);
  close(ends[1]);
}

/*
 * A handle that is initialised again, no other having been initialised since, is in its loop once:
 * it is walked once, closes once, and the loop can be closed, whatever its memory holds. (gevent's
 * watchers do it when their descriptor is changed.)
 *
 * rules: WALK-06
 * total: timer(walked=2), closed, closed, timer(left=0)
 * total: poll(walked=2), closed, closed, poll(left=0)
 * total: tcp(walked=2), closed, closed, tcp(left=0)
 * total: pipe(walked=2), closed, closed, pipe(left=0)
 */
#include <string.h>

#include "pairs.h"
#include "trace.h"

enum { kTimes = 3 };

static union uv_any_handle again;
static uv_idle_t before;
static int sockets[2];

static void count(uv_handle_t* handle, void* arg) {
  (void)handle;
  ++*(int*)arg;
}

static int walked(uv_loop_t* loop) {
  int seen = 0;
  uv_walk(loop, count, &seen);
  return seen;
}

static void on_closed(uv_handle_t* handle) {
  (void)handle;
  trace("closed");
}

static void initialise(uv_loop_t* loop, const char* kind, int time) {
  if (time == 1) memset(&again, 0, sizeof(again));
  if (time == 2) memset(&again, 0xA5, sizeof(again));
  if (strcmp(kind, "timer") == 0) {
    must(uv_timer_init(loop, &again.timer));
  } else if (strcmp(kind, "poll") == 0) {
    must(uv_poll_init_socket(loop, &again.poll, sockets[time % 2]));
  } else if (strcmp(kind, "tcp") == 0) {
    must(uv_tcp_init(loop, &again.tcp));
  } else {
    must(uv_pipe_init(loop, &again.pipe, 0));
  }
}

static void live(const char* kind) {
  uv_loop_t loop;
  must(uv_loop_init(&loop));
  must(uv_idle_init(&loop, &before));
  for (int time = 0; time < kTimes; time++) {
    initialise(&loop, kind, time);
  }
  trace_int(kind, "walked", walked(&loop));
  uv_close(&again.handle, on_closed);
  uv_close((uv_handle_t*)&before, on_closed);
  must(uv_run(&loop, UV_RUN_DEFAULT));
  trace_int(kind, "left", walked(&loop));
  must(uv_loop_close(&loop));
}

static void scenario(uv_loop_t* loop) {
  (void)loop;
  tcp_sockets(sockets);
  live("timer");
  live("poll");
  live("tcp");
  live("pipe");
  close(sockets[0]);
  close(sockets[1]);
}

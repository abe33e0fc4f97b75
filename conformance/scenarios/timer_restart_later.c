/*
 * A running timer that is started anew forgets its old due time, whether that was sooner or later.
 *
 * rules: TIMER-04, TIMER-05
 * total: sooner, middle, later
 */
#include "trace.h"

static uv_timer_t sooner;
static uv_timer_t middle;
static uv_timer_t later;

static void on_timer(uv_timer_t* handle) {
  trace((const char*)handle->data);
}

static void scenario(uv_loop_t* loop) {
  must(uv_timer_init(loop, &sooner));
  must(uv_timer_init(loop, &middle));
  must(uv_timer_init(loop, &later));
  sooner.data = (void*)"sooner";
  middle.data = (void*)"middle";
  later.data = (void*)"later";
  must(uv_timer_start(&sooner, on_timer, 1000, 0));
  must(uv_timer_start(&middle, on_timer, 10, 0));
  must(uv_timer_start(&later, on_timer, 2, 0));
  must(uv_timer_start(&sooner, on_timer, 5, 0));
  must(uv_timer_start(&later, on_timer, 15, 0));
  must(uv_run(loop, UV_RUN_DEFAULT));
}

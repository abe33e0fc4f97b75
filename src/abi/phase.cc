#include "handle/phase.h"

using violet::Check;
using violet::Idle;
using violet::Prepare;
using violet::view;

int uv_idle_init(uv_loop_t* loop, uv_idle_t* idle) {
  violet::init_idle(violet::loop_of(loop), idle);
  return 0;
}

int uv_idle_start(uv_idle_t* idle, uv_idle_cb cb) {
  return start(view<Idle>(idle), cb);
}

int uv_idle_stop(uv_idle_t* idle) {
  stop(view<Idle>(idle));
  return 0;
}

int uv_prepare_init(uv_loop_t* loop, uv_prepare_t* prepare) {
  violet::init_prepare(violet::loop_of(loop), prepare);
  return 0;
}

int uv_prepare_start(uv_prepare_t* prepare, uv_prepare_cb cb) {
  return start(view<Prepare>(prepare), cb);
}

int uv_prepare_stop(uv_prepare_t* prepare) {
  stop(view<Prepare>(prepare));
  return 0;
}

int uv_check_init(uv_loop_t* loop, uv_check_t* check) {
  violet::init_check(violet::loop_of(loop), check);
  return 0;
}

int uv_check_start(uv_check_t* check, uv_check_cb cb) {
  return start(view<Check>(check), cb);
}

int uv_check_stop(uv_check_t* check) {
  stop(view<Check>(check));
  return 0;
}

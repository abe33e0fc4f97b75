#include "handle/process.h"

using violet::Process;
using violet::view;

int uv_spawn(uv_loop_t* loop, uv_process_t* handle, const uv_process_options_t* options) {
  return violet::spawn_process(violet::loop_of(loop), handle, *options);
}

int uv_process_kill(uv_process_t* handle, int signum) {
  return signal_process(view<Process>(handle), signum);
}

uv_pid_t uv_process_get_pid(const uv_process_t* handle) {
  return view<Process>(handle).pid;
}

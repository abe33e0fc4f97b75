// Stands in for src/abi/process.cc until Windows has it, so that programs can be linked.
#include <uv.h>

uv_pid_t uv_process_get_pid(const uv_process_t*) {
  return 0;
}
int uv_process_kill(uv_process_t*, int) {
  return UV_ENOSYS;
}
int uv_spawn(uv_loop_t*, uv_process_t*, const uv_process_options_t*) {
  return UV_ENOSYS;
}

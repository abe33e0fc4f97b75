// Stands in for src/abi/fs_event.cc until Windows has it, so that programs can be linked.
#include <uv.h>

int uv_fs_event_getpath(uv_fs_event_t*, char*, size_t*) {
  return UV_ENOSYS;
}
int uv_fs_event_init(uv_loop_t*, uv_fs_event_t*) {
  return UV_ENOSYS;
}
int uv_fs_event_start(uv_fs_event_t*, uv_fs_event_cb, const char*, unsigned int) {
  return UV_ENOSYS;
}
int uv_fs_event_stop(uv_fs_event_t*) {
  return UV_ENOSYS;
}

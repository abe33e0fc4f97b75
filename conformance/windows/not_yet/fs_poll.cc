// Stands in for src/abi/fs_poll.cc until Windows has it, so that programs can be linked.
#include <uv.h>

int uv_fs_poll_getpath(uv_fs_poll_t*, char*, size_t*) {
  return UV_ENOSYS;
}
int uv_fs_poll_init(uv_loop_t*, uv_fs_poll_t*) {
  return UV_ENOSYS;
}
int uv_fs_poll_start(uv_fs_poll_t*, uv_fs_poll_cb, const char*, unsigned int) {
  return UV_ENOSYS;
}
int uv_fs_poll_stop(uv_fs_poll_t*) {
  return UV_ENOSYS;
}

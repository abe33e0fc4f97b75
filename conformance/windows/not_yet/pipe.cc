// Stands in for src/abi/pipe.cc until Windows has it, so that programs can be linked.
#include <uv.h>

int uv_pipe_bind(uv_pipe_t*, const char*) {
  return UV_ENOSYS;
}
int uv_pipe_bind2(uv_pipe_t*, const char*, size_t, unsigned int) {
  return UV_ENOSYS;
}
int uv_pipe_chmod(uv_pipe_t*, int) {
  return UV_ENOSYS;
}
void uv_pipe_connect(uv_connect_t*, uv_pipe_t*, const char*, uv_connect_cb) {}
int uv_pipe_connect2(uv_connect_t*, uv_pipe_t*, const char*, size_t, unsigned int, uv_connect_cb) {
  return UV_ENOSYS;
}
int uv_pipe_getpeername(const uv_pipe_t*, char*, size_t*) {
  return UV_ENOSYS;
}
int uv_pipe_getsockname(const uv_pipe_t*, char*, size_t*) {
  return UV_ENOSYS;
}
int uv_pipe_init(uv_loop_t*, uv_pipe_t*, int) {
  return UV_ENOSYS;
}
int uv_pipe_open(uv_pipe_t*, uv_file) {
  return UV_ENOSYS;
}
int uv_pipe_pending_count(uv_pipe_t*) {
  return UV_ENOSYS;
}
void uv_pipe_pending_instances(uv_pipe_t*, int) {}
uv_handle_type uv_pipe_pending_type(uv_pipe_t*) {
  return UV_UNKNOWN_HANDLE;
}

#include "handle/fs_poll.h"

#include "os/output_text.h"

using violet::FsPoll;
using violet::view;

int uv_fs_poll_init(uv_loop_t* loop, uv_fs_poll_t* handle) {
  violet::init_fs_poll(violet::loop_of(loop), handle);
  return 0;
}

int uv_fs_poll_start(uv_fs_poll_t* handle, uv_fs_poll_cb poll_cb, const char* path,
                     unsigned int interval) {
  return start(view<FsPoll>(handle), poll_cb, path, interval);
}

int uv_fs_poll_stop(uv_fs_poll_t* handle) {
  stop(view<FsPoll>(handle));
  return 0;
}

int uv_fs_poll_getpath(uv_fs_poll_t* handle, char* buffer, size_t* size) {
  if (size == nullptr || (buffer == nullptr && *size > 0)) return UV_EINVAL;
  const char* path = polled_path(view<FsPoll>(handle));
  if (path == nullptr) {
    *size = 0;
    return UV_EINVAL;
  }
  return violet::write_text(path, buffer, size);
}

#include "handle/fs_event.h"

#include "os/output_text.h"

using violet::FsEvent;
using violet::view;

int uv_fs_event_init(uv_loop_t* loop, uv_fs_event_t* handle) {
  violet::init_fs_event(violet::loop_of(loop), handle);
  return 0;
}

int uv_fs_event_start(uv_fs_event_t* handle, uv_fs_event_cb cb, const char* path,
                      unsigned int flags) {
  return start(view<FsEvent>(handle), cb, path, flags);
}

int uv_fs_event_stop(uv_fs_event_t* handle) {
  stop(view<FsEvent>(handle));
  return 0;
}

int uv_fs_event_getpath(uv_fs_event_t* handle, char* buffer, size_t* size) {
  if (size == nullptr || (buffer == nullptr && *size > 0)) return UV_EINVAL;
  const FsEvent& event = view<FsEvent>(handle);
  if (!event.handle.has(violet::kActive)) {
    *size = 0;
    return UV_EINVAL;
  }
  return violet::write_text(event.path, buffer, size);
}

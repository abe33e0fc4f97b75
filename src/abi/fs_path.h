// What file operations that take one path and nothing else have in common.
#pragma once

#include "request/fs.h"

namespace violet {

inline int start_on_path(uv_loop_t* loop, uv_fs_t* req, const char* path, uv_fs_cb cb,
                         uv_fs_type type, FsOperation operation) {
  if (req == nullptr) return UV_EINVAL;
  FsRequest& request = prepare_fs(loop, req, type, cb);
  if (path == nullptr) return UV_EINVAL;
  return start_fs(request, operation, path);
}

}  // namespace violet

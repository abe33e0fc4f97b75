// Open files and what is in them.
#include "os/cached_file.h"
#include "os/file.h"
#include "request/fs_operations.h"

namespace violet {

std::int64_t fs_open(FsRequest& request) {
  uv_file file;
  const int error = open_file(request.path, request.flags, request.mode, file);
  if (error == 0 && request.learn) learn_file_system(file);
  return error != 0 ? error : file;
}

std::int64_t fs_close(FsRequest& request) {
  return close_file(request.file);
}

std::int64_t fs_read(FsRequest& request) {
  // What was read before, from the cache.
  const std::int64_t already = request.result;
  std::int64_t result =
      read_file(request.file, request.buffers.items, request.buffers.count, request.offset);
  if (result < 0) return already > 0 ? already : result;
  return already + result;
}

std::int64_t fs_write(FsRequest& request) {
  return write_file(request.file, request.buffers.items, request.buffers.count, request.offset);
}

std::int64_t fs_sync(FsRequest& request) {
  return sync_file(request.file);
}

std::int64_t fs_sync_data(FsRequest& request) {
  return sync_file_data(request.file);
}

std::int64_t fs_truncate(FsRequest& request) {
  return truncate_file(request.file, request.offset);
}

std::int64_t fs_transfer(FsRequest& request) {
  return send_file(request.file, request.transfer.source, request.offset, request.transfer.length);
}

std::int64_t fs_copy(FsRequest& request) {
  return copy_file(request.path, request.new_path, request.flags);
}

}  // namespace violet

#include "request/fs_cached.h"

#include "os/cached_file.h"

namespace violet {
namespace {

// What one read takes on Linux: this many buffers, and this many bytes.
constexpr unsigned int kMaxBuffers = 1024;
constexpr std::size_t kMaxBytes = 0x7ffff000;

std::int64_t read_from_cache(FsRequest& request) {
  if (reads_past_cache(request.file)) return UV_EAGAIN;
  FsBuffers& buffers = request.buffers;
  std::int64_t result =
      read_cached_file(request.file, buffers.items, buffers.count, request.offset);
  if (is_whole_read(request, result)) return result;
  advance_read(request, static_cast<std::size_t>(result));
  return UV_EAGAIN;
}

std::int64_t open_from_cache(FsRequest& request) {
  uv_file file;
  const int error = open_cached_file(request.path, request.flags, file);
  request.learn = error == UV_EAGAIN;
  return error != 0 ? error : file;
}

std::int64_t with_status(FsRequest& request, int error) {
  if (error == 0) request.ptr = &request.status;
  request.learn = error == UV_EAGAIN;
  return error;
}

}  // namespace

std::size_t wanted_bytes(const FsRequest& request) {
  std::size_t bytes = 0;
  for (unsigned int i = 0; i < request.buffers.count && i < kMaxBuffers; ++i) {
    if (request.buffers.items[i].len >= kMaxBytes - bytes) return kMaxBytes;
    bytes += request.buffers.items[i].len;
  }
  return bytes;
}

bool is_whole_read(FsRequest& request, std::int64_t result) {
  if (result <= 0 || static_cast<std::size_t>(result) == wanted_bytes(request)) return true;
  return is_read_complete(request.file, request.offset < 0 ? -1 : request.offset + result);
}

std::int64_t answer_from_cache(FsRequest& request) {
  switch (request.type) {
    case UV_FS_OPEN:
      return open_from_cache(request);
    case UV_FS_CLOSE:
      return close_cached_file(request.file);
    case UV_FS_READ:
      return read_from_cache(request);
    case UV_FS_STAT:
      return with_status(request, cached_status_of_path(request.path, request.status));
    case UV_FS_LSTAT:
      return with_status(request, cached_status_of_link(request.path, request.status));
    case UV_FS_FSTAT:
      return with_status(request, cached_status_of_file(request.file, request.status));
    case UV_FS_ACCESS:
      return check_cached_access(request.path, request.mode);
    default:
      return UV_EAGAIN;
  }
}

void advance_read(FsRequest& request, std::size_t count) {
  request.result += static_cast<ssize_t>(count);
  if (request.offset >= 0) request.offset += static_cast<std::int64_t>(count);
  // The array is the request's own copy. It stays where it is, for it has to be released.
  uv_buf_t* items = const_cast<uv_buf_t*>(request.buffers.items);
  unsigned int full = 0;
  while (count >= items[full].len)
    count -= items[full++].len;
  items[full].base += count;
  items[full].len -= count;
  for (unsigned int i = full; full > 0 && i < request.buffers.count; ++i)
    items[i - full] = items[i];
  request.buffers.count -= full;
}

}  // namespace violet

#include "request/fs.h"

#include <climits>
#include <cstring>

#include "base/allocator.h"
#include "os/file.h"
#include "request/directory_listing.h"
#include "request/fs_routing.h"

namespace violet {
namespace {

// Programs read these, too, where they are shown.
template <typename Public>
constexpr bool arguments_in_place() {
  if constexpr (requires(Public request) { request.new_path; }) {
    static_assert(offsetof(FsRequest, new_path) == offsetof(Public, new_path));
    static_assert(offsetof(FsRequest, file) == offsetof(Public, file));
    static_assert(offsetof(FsRequest, flags) == offsetof(Public, flags));
    static_assert(offsetof(FsRequest, mode) == offsetof(Public, mode));
    static_assert(offsetof(FsRequest, offset) == offsetof(Public, off));
    static_assert(offsetof(FsRequest, times) == offsetof(Public, atime));
  }
  return true;
}
static_assert(arguments_in_place<uv_fs_t>());

bool in_background(const FsRequest& request) {
  return request.is_ours || request.callback != nullptr;
}

int run_here(FsRequest& request, FsOperation operation) {
  request.operation = operation;
  perform_fs(request);
  return static_cast<int>(request.result);
}

int begin(FsRequest& request, FsOperation operation) {
  request.operation = operation;
  if (request.public_loop == nullptr) return UV_EINVAL;
  return route_fs(loop_of(request.public_loop), request);
}

// For a request that holds memory already: it holds none when it cannot start.
int begin_or_clean_up(FsRequest& request, FsOperation operation) {
  const int error = begin(request, operation);
  if (error != 0) clean_up_fs(request);
  return error;
}

// One piece of memory for both paths; the second may be null.
bool copy_paths(FsRequest& request, const char* path, const char* new_path) {
  std::size_t size = std::strlen(path) + 1;
  std::size_t new_size = new_path == nullptr ? 0 : std::strlen(new_path) + 1;
  char* copy = static_cast<char*>(allocate(size + new_size));
  if (copy == nullptr) return false;
  std::memcpy(copy, path, size);
  request.path = copy;
  if (new_path != nullptr) {
    std::memcpy(copy + size, new_path, new_size);
    request.new_path = copy + size;
  }
  request.header.state |= kOwnsPath;
  return true;
}

// Whether the buffers have more than one transfer may be of, by a sum that cannot wrap.
bool is_too_much(const uv_buf_t* items, unsigned int count) {
  std::size_t room = kMaxFileTransfer;
  for (unsigned int i = 0; i < count; ++i) {
    if (items[i].len > room) return true;
    room -= items[i].len;
  }
  return false;
}

bool copy_buffers(FsRequest& request, const uv_buf_t* items, unsigned int count) {
  FsBuffers& buffers = request.buffers;
  std::size_t size = count * sizeof(uv_buf_t);
  if (count <= FsBuffers::kFew) {
    std::memcpy(buffers.few, items, size);
    buffers.items = buffers.few;
    return true;
  }
  void* copy = duplicate_bytes(items, size);
  if (copy == nullptr) return false;
  buffers.items = static_cast<const uv_buf_t*>(copy);
  request.header.state |= kOwnsBuffers;
  return true;
}

}  // namespace

FsRequest& prepare_fs(uv_loop_t* loop, uv_fs_t* public_request, uv_fs_type type,
                      uv_fs_cb callback) {
  FsRequest& request = view<FsRequest>(public_request);
  request.header.type = UV_FS;
  request.header.state = 0;
  request.type = type;
  request.public_loop = loop;
  request.callback = callback;
  request.result = 0;
  request.ptr = nullptr;
  request.path = nullptr;
  request.new_path = nullptr;
  request.listing = nullptr;
  request.way = FsWay::kAnswered;
  request.learn = false;
  request.effect = FsEffect::kNone;
  request.is_ours = false;
  return request;
}

int start_fs(FsRequest& request, FsOperation operation) {
  return in_background(request) ? begin(request, operation) : run_here(request, operation);
}

int start_fs(FsRequest& request, FsOperation operation, const char* path) {
  return start_fs(request, operation, path, nullptr);
}

int start_fs(FsRequest& request, FsOperation operation, const char* path, const char* new_path) {
  if (!in_background(request)) {
    request.path = path;
    request.new_path = new_path;
    return run_here(request, operation);
  }
  if (!copy_paths(request, path, new_path)) return UV_ENOMEM;
  return begin_or_clean_up(request, operation);
}

int start_fs(FsRequest& request, FsOperation operation, const uv_buf_t* buffers,
             unsigned int count) {
  if (is_too_much(buffers, count)) return fail_at_once(request, UV_EINVAL);
  request.buffers.count = count;
  if (!in_background(request)) {
    request.buffers.items = buffers;
    return run_here(request, operation);
  }
  if (!copy_buffers(request, buffers, count)) return UV_ENOMEM;
  return begin_or_clean_up(request, operation);
}

int start_fs_on_template(FsRequest& request, FsOperation operation, const char* path_template) {
  if (!copy_paths(request, path_template, nullptr)) return UV_ENOMEM;
  if (!in_background(request)) return run_here(request, operation);
  return begin_or_clean_up(request, operation);
}

int fail_at_once(FsRequest& request, int error) {
  request.result = error;
  return error;
}

void drop_buffers(FsRequest& request) {
  if (!request.has(kOwnsBuffers)) return;
  release(const_cast<uv_buf_t*>(request.buffers.items));
  request.buffers.items = nullptr;
  request.header.state &= ~kOwnsBuffers;
}

void clean_up_fs(FsRequest& request) {
  drop_buffers(request);
  if (request.has(kOwnsPath)) release(const_cast<char*>(request.path));
  if (request.has(kOwnsResult)) release(request.ptr);
  if (request.type == UV_FS_SCANDIR || request.type == UV_FS_READDIR) destroy(request.listing);
  request.header.state = 0;
  request.path = nullptr;
  request.new_path = nullptr;
  request.ptr = nullptr;
  request.listing = nullptr;
}

}  // namespace violet

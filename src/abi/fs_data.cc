// Open files and what is in them.
#include "os/file.h"

#include "request/fs.h"
#include "request/fs_operations.h"

using violet::FsOperation;
using violet::FsRequest;
using violet::prepare_fs;
using violet::start_fs;

namespace {

// Operations on a descriptor that have no other argument.
int start_on_file(uv_loop_t* loop, uv_fs_t* req, uv_file file, uv_fs_cb cb, uv_fs_type type,
                  FsOperation operation) {
  if (req == nullptr) return UV_EINVAL;
  FsRequest& request = prepare_fs(loop, req, type, cb);
  request.file = file;
  return start_fs(request, operation);
}

struct Buffers {
  const uv_buf_t* items;
  unsigned int count;
};

int start_on_buffers(uv_loop_t* loop, uv_fs_t* req, uv_file file, Buffers buffers, int64_t offset,
                     uv_fs_cb cb, uv_fs_type type, FsOperation operation) {
  if (req == nullptr) return UV_EINVAL;
  FsRequest& request = prepare_fs(loop, req, type, cb);
  if (buffers.items == nullptr || buffers.count == 0) return UV_EINVAL;
  request.file = file;
  request.offset = offset;
  return start_fs(request, operation, buffers.items, buffers.count);
}

constexpr int kCopyFlags =
    UV_FS_COPYFILE_EXCL | UV_FS_COPYFILE_FICLONE | UV_FS_COPYFILE_FICLONE_FORCE;

}  // namespace

void uv_fs_req_cleanup(uv_fs_t* req) {
  if (req != nullptr) clean_up_fs(violet::view<FsRequest>(req));
}

int uv_fs_open(uv_loop_t* loop, uv_fs_t* req, const char* path, int flags, int mode, uv_fs_cb cb) {
  if (req == nullptr) return UV_EINVAL;
  FsRequest& request = prepare_fs(loop, req, UV_FS_OPEN, cb);
  if (path == nullptr) return UV_EINVAL;
  request.flags = flags;
  request.mode = mode;
  return start_fs(request, violet::fs_open, path);
}

int uv_fs_close(uv_loop_t* loop, uv_fs_t* req, uv_file file, uv_fs_cb cb) {
  return start_on_file(loop, req, file, cb, UV_FS_CLOSE, violet::fs_close);
}

int uv_fs_fsync(uv_loop_t* loop, uv_fs_t* req, uv_file file, uv_fs_cb cb) {
  return start_on_file(loop, req, file, cb, UV_FS_FSYNC, violet::fs_sync);
}

int uv_fs_fdatasync(uv_loop_t* loop, uv_fs_t* req, uv_file file, uv_fs_cb cb) {
  return start_on_file(loop, req, file, cb, UV_FS_FDATASYNC, violet::fs_sync_data);
}

int uv_fs_read(uv_loop_t* loop, uv_fs_t* req, uv_file file, const uv_buf_t bufs[],
               unsigned int nbufs, int64_t offset, uv_fs_cb cb) {
  return start_on_buffers(loop, req, file, {bufs, nbufs}, offset, cb, UV_FS_READ, violet::fs_read);
}

int uv_fs_write(uv_loop_t* loop, uv_fs_t* req, uv_file file, const uv_buf_t bufs[],
                unsigned int nbufs, int64_t offset, uv_fs_cb cb) {
  return start_on_buffers(loop, req, file, {bufs, nbufs}, offset, cb, UV_FS_WRITE,
                          violet::fs_write);
}

int uv_fs_ftruncate(uv_loop_t* loop, uv_fs_t* req, uv_file file, int64_t offset, uv_fs_cb cb) {
  if (req == nullptr) return UV_EINVAL;
  FsRequest& request = prepare_fs(loop, req, UV_FS_FTRUNCATE, cb);
  request.file = file;
  request.offset = offset;
  return start_fs(request, violet::fs_truncate);
}

int uv_fs_sendfile(uv_loop_t* loop, uv_fs_t* req, uv_file out_fd, uv_file in_fd, int64_t in_offset,
                   size_t length, uv_fs_cb cb) {
  if (req == nullptr) return UV_EINVAL;
  FsRequest& request = prepare_fs(loop, req, UV_FS_SENDFILE, cb);
  request.file = out_fd;
  request.offset = in_offset;
  request.transfer = {in_fd, length};
  if (length > violet::kMaxFileTransfer) return violet::fail_at_once(request, UV_EINVAL);
  return start_fs(request, violet::fs_transfer);
}

int uv_fs_copyfile(uv_loop_t* loop, uv_fs_t* req, const char* path, const char* new_path, int flags,
                   uv_fs_cb cb) {
  if (req == nullptr) return UV_EINVAL;
  FsRequest& request = prepare_fs(loop, req, UV_FS_COPYFILE, cb);
  if (path == nullptr || new_path == nullptr || (flags & ~kCopyFlags) != 0) return UV_EINVAL;
  request.flags = flags;
  return start_fs(request, violet::fs_copy, path, new_path);
}

// What is known about files, and who may do what with them.
#include "abi/fs_path.h"
#include "request/fs.h"
#include "request/fs_operations.h"

using violet::FileTimes;
using violet::FsOperation;
using violet::FsOwner;
using violet::FsRequest;
using violet::prepare_fs;
using violet::start_fs;
using violet::start_on_path;

namespace {

int change_owner(uv_loop_t* loop, uv_fs_t* req, const char* path, FsOwner owner, uv_fs_cb cb,
                 uv_fs_type type, FsOperation operation) {
  if (req == nullptr) return UV_EINVAL;
  FsRequest& request = prepare_fs(loop, req, type, cb);
  if (path == nullptr) return UV_EINVAL;
  request.owner = owner;
  return start_fs(request, operation, path);
}

int change_times(uv_loop_t* loop, uv_fs_t* req, const char* path, FileTimes times, uv_fs_cb cb,
                 uv_fs_type type, FsOperation operation) {
  if (req == nullptr) return UV_EINVAL;
  FsRequest& request = prepare_fs(loop, req, type, cb);
  if (path == nullptr) return UV_EINVAL;
  request.times = times;
  return start_fs(request, operation, path);
}

}  // namespace

int uv_fs_stat(uv_loop_t* loop, uv_fs_t* req, const char* path, uv_fs_cb cb) {
  return start_on_path(loop, req, path, cb, UV_FS_STAT, violet::fs_stat);
}

int uv_fs_lstat(uv_loop_t* loop, uv_fs_t* req, const char* path, uv_fs_cb cb) {
  return start_on_path(loop, req, path, cb, UV_FS_LSTAT, violet::fs_stat_link);
}

int uv_fs_fstat(uv_loop_t* loop, uv_fs_t* req, uv_file file, uv_fs_cb cb) {
  if (req == nullptr) return UV_EINVAL;
  FsRequest& request = prepare_fs(loop, req, UV_FS_FSTAT, cb);
  request.file = file;
  return start_fs(request, violet::fs_stat_file);
}

int uv_fs_statfs(uv_loop_t* loop, uv_fs_t* req, const char* path, uv_fs_cb cb) {
  return start_on_path(loop, req, path, cb, UV_FS_STATFS, violet::fs_stat_file_system);
}

int uv_fs_access(uv_loop_t* loop, uv_fs_t* req, const char* path, int mode, uv_fs_cb cb) {
  if (req == nullptr) return UV_EINVAL;
  FsRequest& request = prepare_fs(loop, req, UV_FS_ACCESS, cb);
  if (path == nullptr) return UV_EINVAL;
  request.mode = mode;
  return start_fs(request, violet::fs_access, path);
}

int uv_fs_chmod(uv_loop_t* loop, uv_fs_t* req, const char* path, int mode, uv_fs_cb cb) {
  if (req == nullptr) return UV_EINVAL;
  FsRequest& request = prepare_fs(loop, req, UV_FS_CHMOD, cb);
  if (path == nullptr) return UV_EINVAL;
  request.mode = mode;
  return start_fs(request, violet::fs_change_mode, path);
}

int uv_fs_fchmod(uv_loop_t* loop, uv_fs_t* req, uv_file file, int mode, uv_fs_cb cb) {
  if (req == nullptr) return UV_EINVAL;
  FsRequest& request = prepare_fs(loop, req, UV_FS_FCHMOD, cb);
  request.file = file;
  request.mode = mode;
  return start_fs(request, violet::fs_change_file_mode);
}

int uv_fs_chown(uv_loop_t* loop, uv_fs_t* req, const char* path, uv_uid_t uid, uv_gid_t gid,
                uv_fs_cb cb) {
  return change_owner(loop, req, path, {uid, gid}, cb, UV_FS_CHOWN, violet::fs_change_owner);
}

int uv_fs_lchown(uv_loop_t* loop, uv_fs_t* req, const char* path, uv_uid_t uid, uv_gid_t gid,
                 uv_fs_cb cb) {
  return change_owner(loop, req, path, {uid, gid}, cb, UV_FS_LCHOWN, violet::fs_change_link_owner);
}

int uv_fs_fchown(uv_loop_t* loop, uv_fs_t* req, uv_file file, uv_uid_t uid, uv_gid_t gid,
                 uv_fs_cb cb) {
  if (req == nullptr) return UV_EINVAL;
  FsRequest& request = prepare_fs(loop, req, UV_FS_FCHOWN, cb);
  request.file = file;
  request.owner = {uid, gid};
  return start_fs(request, violet::fs_change_file_owner);
}

int uv_fs_utime(uv_loop_t* loop, uv_fs_t* req, const char* path, double atime, double mtime,
                uv_fs_cb cb) {
  return change_times(loop, req, path, {atime, mtime}, cb, UV_FS_UTIME, violet::fs_change_times);
}

int uv_fs_lutime(uv_loop_t* loop, uv_fs_t* req, const char* path, double atime, double mtime,
                 uv_fs_cb cb) {
  return change_times(loop, req, path, {atime, mtime}, cb, UV_FS_LUTIME,
                      violet::fs_change_link_times);
}

int uv_fs_futime(uv_loop_t* loop, uv_fs_t* req, uv_file file, double atime, double mtime,
                 uv_fs_cb cb) {
  if (req == nullptr) return UV_EINVAL;
  FsRequest& request = prepare_fs(loop, req, UV_FS_FUTIME, cb);
  request.file = file;
  request.times = {atime, mtime};
  return start_fs(request, violet::fs_change_file_times);
}

// Names of files and directories, links, and reading directories.
#include "abi/fs_path.h"
#include "request/fs.h"
#include "request/fs_operations.h"

using violet::FsOperation;
using violet::FsRequest;
using violet::prepare_fs;
using violet::start_fs;
using violet::start_on_path;

namespace {

int start_on_two_paths(uv_loop_t* loop, uv_fs_t* req, const char* path, const char* new_path,
                       uv_fs_cb cb, uv_fs_type type, FsOperation operation) {
  if (req == nullptr) return UV_EINVAL;
  FsRequest& request = prepare_fs(loop, req, type, cb);
  if (path == nullptr || new_path == nullptr) return UV_EINVAL;
  return start_fs(request, operation, path, new_path);
}

int start_on_template(uv_loop_t* loop, uv_fs_t* req, const char* path_template, uv_fs_cb cb,
                      uv_fs_type type, FsOperation operation) {
  if (req == nullptr) return UV_EINVAL;
  FsRequest& request = prepare_fs(loop, req, type, cb);
  if (path_template == nullptr) return UV_EINVAL;
  return start_fs_on_template(request, operation, path_template);
}

}  // namespace

int uv_fs_unlink(uv_loop_t* loop, uv_fs_t* req, const char* path, uv_fs_cb cb) {
  return start_on_path(loop, req, path, cb, UV_FS_UNLINK, violet::fs_remove_file);
}

int uv_fs_rename(uv_loop_t* loop, uv_fs_t* req, const char* path, const char* new_path,
                 uv_fs_cb cb) {
  return start_on_two_paths(loop, req, path, new_path, cb, UV_FS_RENAME, violet::fs_rename);
}

int uv_fs_link(uv_loop_t* loop, uv_fs_t* req, const char* path, const char* new_path, uv_fs_cb cb) {
  return start_on_two_paths(loop, req, path, new_path, cb, UV_FS_LINK, violet::fs_make_link);
}

int uv_fs_symlink(uv_loop_t* loop, uv_fs_t* req, const char* path, const char* new_path, int flags,
                  uv_fs_cb cb) {
  if (req == nullptr) return UV_EINVAL;
  FsRequest& request = prepare_fs(loop, req, UV_FS_SYMLINK, cb);
  if (path == nullptr || new_path == nullptr) return UV_EINVAL;
  request.flags = flags;
  return start_fs(request, violet::fs_make_symbolic_link, path, new_path);
}

int uv_fs_readlink(uv_loop_t* loop, uv_fs_t* req, const char* path, uv_fs_cb cb) {
  return start_on_path(loop, req, path, cb, UV_FS_READLINK, violet::fs_read_link);
}

int uv_fs_realpath(uv_loop_t* loop, uv_fs_t* req, const char* path, uv_fs_cb cb) {
  return start_on_path(loop, req, path, cb, UV_FS_REALPATH, violet::fs_resolve_path);
}

int uv_fs_mkdir(uv_loop_t* loop, uv_fs_t* req, const char* path, int mode, uv_fs_cb cb) {
  if (req == nullptr) return UV_EINVAL;
  FsRequest& request = prepare_fs(loop, req, UV_FS_MKDIR, cb);
  if (path == nullptr) return UV_EINVAL;
  request.mode = mode;
  return start_fs(request, violet::fs_make_directory, path);
}

int uv_fs_rmdir(uv_loop_t* loop, uv_fs_t* req, const char* path, uv_fs_cb cb) {
  return start_on_path(loop, req, path, cb, UV_FS_RMDIR, violet::fs_remove_directory);
}

int uv_fs_mkdtemp(uv_loop_t* loop, uv_fs_t* req, const char* tpl, uv_fs_cb cb) {
  return start_on_template(loop, req, tpl, cb, UV_FS_MKDTEMP, violet::fs_make_temporary_directory);
}

int uv_fs_mkstemp(uv_loop_t* loop, uv_fs_t* req, const char* tpl, uv_fs_cb cb) {
  return start_on_template(loop, req, tpl, cb, UV_FS_MKSTEMP, violet::fs_make_temporary_file);
}

int uv_fs_scandir(uv_loop_t* loop, uv_fs_t* req, const char* path, int, uv_fs_cb cb) {
  return start_on_path(loop, req, path, cb, UV_FS_SCANDIR, violet::fs_scan_directory);
}

int uv_fs_scandir_next(uv_fs_t* req, uv_dirent_t* ent) {
  return next_scanned(violet::view<FsRequest>(req), *ent);
}

int uv_fs_opendir(uv_loop_t* loop, uv_fs_t* req, const char* path, uv_fs_cb cb) {
  return start_on_path(loop, req, path, cb, UV_FS_OPENDIR, violet::fs_open_directory);
}

int uv_fs_readdir(uv_loop_t* loop, uv_fs_t* req, uv_dir_t* dir, uv_fs_cb cb) {
  if (req == nullptr) return UV_EINVAL;
  FsRequest& request = prepare_fs(loop, req, UV_FS_READDIR, cb);
  if (dir == nullptr || dir->dirents == nullptr) return UV_EINVAL;
  request.ptr = dir;
  return start_fs(request, violet::fs_read_directory);
}

int uv_fs_closedir(uv_loop_t* loop, uv_fs_t* req, uv_dir_t* dir, uv_fs_cb cb) {
  if (req == nullptr) return UV_EINVAL;
  FsRequest& request = prepare_fs(loop, req, UV_FS_CLOSEDIR, cb);
  if (dir == nullptr) return UV_EINVAL;
  request.ptr = dir;
  return start_fs(request, violet::fs_close_directory);
}

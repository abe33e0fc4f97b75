#include "v8/fs_request.h"

namespace violet::js {
namespace {

double milliseconds(const uv_timespec_t& time) {
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

// In the order that lib/fs.js gives them names.
void note_status(double* fields, const uv_stat_t& status) {
  for (const std::uint64_t field :
       {status.st_dev, status.st_mode, status.st_nlink, status.st_uid, status.st_gid,
        status.st_rdev, status.st_blksize, status.st_ino, status.st_size, status.st_blocks})
    *fields++ = static_cast<double>(field);
  for (const uv_timespec_t& time :
       {status.st_atim, status.st_mtim, status.st_ctim, status.st_birthtim})
    *fields++ = milliseconds(time);
}

v8::Local<v8::Value> volume_value(v8::Isolate* isolate, const uv_statfs_t& volume) {
  return numbers_of(isolate, volume.f_type, volume.f_bsize, volume.f_blocks, volume.f_bfree,
                    volume.f_bavail, volume.f_files, volume.f_ffree);
}

// name, type, name, type, ...
v8::Local<v8::Value> directory_value(v8::Isolate* isolate, const uv_fs_t& request) {
  std::vector<v8::Local<v8::Value>> entries;
  uv_dirent_t entry;
  while (uv_fs_scandir_next(const_cast<uv_fs_t*>(&request), &entry) != UV_EOF) {
    entries.push_back(text(isolate, entry.name));
    entries.push_back(v8::Integer::New(isolate, entry.type));
  }
  return list_of(isolate, entries);
}

}  // namespace

v8::Local<v8::Value> fs_value(Runtime& runtime, const uv_fs_t& request) {
  v8::Isolate* isolate = runtime.isolate();
  switch (request.fs_type) {
    case UV_FS_STAT:
    case UV_FS_LSTAT:
    case UV_FS_FSTAT:
      note_status(runtime.file_status, request.statbuf);
      return v8::Undefined(isolate);
    case UV_FS_SCANDIR:
      return directory_value(isolate, request);
    case UV_FS_READLINK:
    case UV_FS_REALPATH:
      return text(isolate, static_cast<const char*>(request.ptr));
    case UV_FS_MKDTEMP:
      return text(isolate, request.path);
    case UV_FS_STATFS:
      return volume_value(isolate, *static_cast<const uv_statfs_t*>(request.ptr));
    default:
      return number(isolate, static_cast<double>(request.result));
  }
}

v8::Local<v8::Value> fs_error(v8::Isolate* isolate, const FsCall& call, const uv_fs_t& request,
                              bool is_thrown) {
  return make_error(isolate, static_cast<int>(request.result), call.syscall,
                    request.path == nullptr ? "" : request.path, call.destination, is_thrown);
}

void fs_complete(uv_fs_t* finished) {
  auto& request = static_cast<FsRequest&>(FsRequest::of(finished));
  v8::Isolate* isolate = request.runtime.isolate();
  CallbackScope scope(request.runtime, request.frame);
  v8::Local<v8::Value> arguments[] = {v8::Null(isolate), v8::Undefined(isolate)};
  if (finished->result < 0) {
    arguments[0] = fs_error(isolate, request.call, *finished);
  } else {
    arguments[1] = fs_value(request.runtime, *finished);
  }
  uv_fs_req_cleanup(finished);
  scope.set_subject(request.call.syscall);
  request.complete(scope, 2, arguments);
}

}  // namespace violet::js

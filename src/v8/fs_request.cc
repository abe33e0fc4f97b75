#include "v8/fs_request.h"

#include <iterator>

namespace violet::js {
namespace {

double milliseconds(const uv_timespec_t& time) {
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

// In the order that lib/fs.js gives them names.
v8::Local<v8::Value> status_value(v8::Isolate* isolate, const uv_stat_t& status) {
  const double fields[] = {
      static_cast<double>(status.st_dev),     static_cast<double>(status.st_mode),
      static_cast<double>(status.st_nlink),   static_cast<double>(status.st_uid),
      static_cast<double>(status.st_gid),     static_cast<double>(status.st_rdev),
      static_cast<double>(status.st_blksize), static_cast<double>(status.st_ino),
      static_cast<double>(status.st_size),    static_cast<double>(status.st_blocks),
      milliseconds(status.st_atim),           milliseconds(status.st_mtim),
      milliseconds(status.st_ctim),           milliseconds(status.st_birthtim),
  };
  v8::Local<v8::Value> values[std::size(fields)];
  for (std::size_t i = 0; i < std::size(fields); ++i)
    values[i] = number(isolate, fields[i]);
  return v8::Array::New(isolate, values, std::size(values));
}

v8::Local<v8::Value> volume_value(v8::Isolate* isolate, const uv_statfs_t& volume) {
  v8::Local<v8::Value> values[7];
  std::size_t i = 0;
  for (const std::uint64_t field : {volume.f_type, volume.f_bsize, volume.f_blocks, volume.f_bfree,
                                    volume.f_bavail, volume.f_files, volume.f_ffree})
    values[i++] = number(isolate, static_cast<double>(field));
  return v8::Array::New(isolate, values, i);
}

// name, type, name, type, ...
v8::Local<v8::Value> directory_value(v8::Isolate* isolate, const uv_fs_t& request) {
  std::vector<v8::Local<v8::Value>> entries;
  uv_dirent_t entry;
  while (uv_fs_scandir_next(const_cast<uv_fs_t*>(&request), &entry) != UV_EOF) {
    entries.push_back(text(isolate, entry.name));
    entries.push_back(v8::Integer::New(isolate, entry.type));
  }
  return v8::Array::New(isolate, entries.data(), entries.size());
}

}  // namespace

v8::Local<v8::Value> fs_value(v8::Isolate* isolate, const uv_fs_t& request) {
  switch (request.fs_type) {
    case UV_FS_STAT:
    case UV_FS_LSTAT:
    case UV_FS_FSTAT:
      return status_value(isolate, request.statbuf);
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

void fs_complete(uv_fs_t* finished) {
  FsRequest* request = static_cast<FsRequest*>(finished->data);
  Runtime& runtime = request->base.runtime;
  v8::Isolate* isolate = runtime.isolate();
  CallbackScope scope(runtime, request->base.frame);
  v8::Local<v8::Value> arguments[] = {v8::Null(isolate), v8::Undefined(isolate)};
  if (finished->result < 0) {
    arguments[0] = make_error(isolate, static_cast<int>(finished->result), request->call.syscall,
                              request->call.path, request->call.destination);
  } else {
    arguments[1] = fs_value(isolate, *finished);
  }
  uv_fs_req_cleanup(finished);
  v8::Local<v8::Object> object = request->base.object();
  scope.set_subject(request->call.syscall);
  delete request;
  scope.call_method(object, "oncomplete", 2, arguments);
}

}  // namespace violet::js

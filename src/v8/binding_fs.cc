// Files. Each function is uv_fs_NAME with its arguments; the last one is the request, or nothing.
#include <fcntl.h>

#include <algorithm>
#include <type_traits>

#include "v8/fs_request.h"

namespace violet::js {
namespace {

std::string path_at(const Arguments& arguments, int index) {
  return to_string(arguments.GetIsolate(), arguments[index]);
}

int int_at(const Arguments& arguments, int index) {
  return to_int(arguments.GetIsolate(), arguments[index]);
}

// What an error calls the operation.
template <std::size_t Size>
struct Syscall {
  char text[Size];
  // A text in a template's arguments is converted, so it is not explicit.
  constexpr Syscall(const char (&name)[Size]) {  // NOLINT(google-explicit-constructor)
    std::copy_n(name, Size, text);
  }
};

// Operations on one path.
template <Syscall Name, int (*Operation)(uv_loop_t*, uv_fs_t*, const char*, uv_fs_cb)>
void on_path(const Arguments& arguments) {
  const std::string path = path_at(arguments, 0);
  run_fs(arguments, 1, {Name.text, path, {}},
         [&](uv_loop_t* loop, uv_fs_t* request, uv_fs_cb callback) {
           return Operation(loop, request, path.c_str(), callback);
         });
}

// Operations on an open file.
template <Syscall Name, int (*Operation)(uv_loop_t*, uv_fs_t*, uv_file, uv_fs_cb)>
void on_file(const Arguments& arguments) {
  run_fs(arguments, 1, {Name.text, {}, {}},
         [&](uv_loop_t* loop, uv_fs_t* request, uv_fs_cb callback) {
           return Operation(loop, request, int_at(arguments, 0), callback);
         });
}

// Operations on two paths.
template <Syscall Name, int (*Operation)(uv_loop_t*, uv_fs_t*, const char*, const char*, uv_fs_cb)>
void on_paths(const Arguments& arguments) {
  const std::string path = path_at(arguments, 0), target = path_at(arguments, 1);
  run_fs(arguments, 2, {Name.text, path, target},
         [&](uv_loop_t* loop, uv_fs_t* request, uv_fs_cb callback) {
           return Operation(loop, request, path.c_str(), target.c_str(), callback);
         });
}

// Operations on a path with a number.
template <Syscall Name, int (*Operation)(uv_loop_t*, uv_fs_t*, const char*, int, uv_fs_cb)>
void on_path_with(const Arguments& arguments) {
  const std::string path = path_at(arguments, 0);
  run_fs(arguments, 2, {Name.text, path, {}},
         [&](uv_loop_t* loop, uv_fs_t* request, uv_fs_cb callback) {
           return Operation(loop, request, path.c_str(), int_at(arguments, 1), callback);
         });
}

// What they act on: a path as text, or the number of an open file.
template <typename Subject>
auto subject_at(const Arguments& arguments) {
  if constexpr (std::is_same_v<Subject, uv_file>)
    return int_at(arguments, 0);
  else
    return path_at(arguments, 0);
}
inline const char* as_argument(const std::string& path) {
  return path.c_str();
}
inline uv_file as_argument(uv_file file) {
  return file;
}
inline std::string as_told(const std::string& path) {
  return path;
}
inline std::string as_told(uv_file) {
  return {};
}

// Two times in seconds for a path or an open file.
template <Syscall Name, typename Subject,
          int (*Operation)(uv_loop_t*, uv_fs_t*, Subject, double, double, uv_fs_cb)>
void set_times(const Arguments& arguments) {
  const auto subject = subject_at<Subject>(arguments);
  v8::Isolate* isolate = arguments.GetIsolate();
  run_fs(arguments, 3, {Name.text, as_told(subject), {}},
         [&](uv_loop_t* loop, uv_fs_t* request, uv_fs_cb callback) {
           return Operation(loop, request, as_argument(subject), to_double(isolate, arguments[1]),
                            to_double(isolate, arguments[2]), callback);
         });
}

// User and group for a path or an open file.
template <Syscall Name, typename Subject,
          int (*Operation)(uv_loop_t*, uv_fs_t*, Subject, uv_uid_t, uv_gid_t, uv_fs_cb)>
void set_owner(const Arguments& arguments) {
  const auto subject = subject_at<Subject>(arguments);
  run_fs(arguments, 3, {Name.text, as_told(subject), {}},
         [&](uv_loop_t* loop, uv_fs_t* request, uv_fs_cb callback) {
           return Operation(loop, request, as_argument(subject),
                            static_cast<uv_uid_t>(int_at(arguments, 1)),
                            static_cast<uv_gid_t>(int_at(arguments, 2)), callback);
         });
}

void fchmod(const Arguments& arguments) {
  run_fs(arguments, 2, {"fchmod", {}, {}},
         [&](uv_loop_t* loop, uv_fs_t* request, uv_fs_cb callback) {
           return uv_fs_fchmod(loop, request, int_at(arguments, 0), int_at(arguments, 1), callback);
         });
}

void scandir(const Arguments& arguments) {
  const std::string path = path_at(arguments, 0);
  run_fs(arguments, 1, {"scandir", path, {}},
         [&](uv_loop_t* loop, uv_fs_t* request, uv_fs_cb callback) {
           return uv_fs_scandir(loop, request, path.c_str(), 0, callback);
         });
}

// open(path, flags, mode, request)
void open(const Arguments& arguments) {
  const std::string path = path_at(arguments, 0);
  run_fs(arguments, 3, {"open", path, {}},
         [&](uv_loop_t* loop, uv_fs_t* request, uv_fs_cb callback) {
           return uv_fs_open(loop, request, path.c_str(), int_at(arguments, 1),
                             int_at(arguments, 2), callback);
         });
}

using Transfer = int (*)(uv_loop_t*, uv_fs_t*, uv_file, const uv_buf_t*, unsigned int, std::int64_t,
                         uv_fs_cb);

// transfer(file, view, position or -1, request)
template <Syscall Name, Transfer Operation>
void transfer(const Arguments& arguments) {
  const Bytes bytes = bytes_of(arguments[1]);
  const uv_buf_t buffer = uv_buf_init(bytes.data, static_cast<unsigned int>(bytes.size));
  const std::int64_t position = to_integer(arguments.GetIsolate(), arguments[2], -1);
  run_fs(
      arguments, 3, {Name.text, {}, {}},
      [&](uv_loop_t* loop, uv_fs_t* request, uv_fs_cb callback) {
        return Operation(loop, request, int_at(arguments, 0), &buffer, 1, position, callback);
      },
      arguments[1]);
}

void ftruncate(const Arguments& arguments) {
  run_fs(arguments, 2, {"ftruncate", {}, {}},
         [&](uv_loop_t* loop, uv_fs_t* request, uv_fs_cb callback) {
           return uv_fs_ftruncate(loop, request, int_at(arguments, 0),
                                  to_integer(arguments.GetIsolate(), arguments[1]), callback);
         });
}

// symlink(target, path, flags, request)
void symlink(const Arguments& arguments) {
  const std::string target = path_at(arguments, 0), path = path_at(arguments, 1);
  run_fs(arguments, 3, {"symlink", target, path},
         [&](uv_loop_t* loop, uv_fs_t* request, uv_fs_cb callback) {
           return uv_fs_symlink(loop, request, target.c_str(), path.c_str(), int_at(arguments, 2),
                                callback);
         });
}

// copyFile(path, target, flags, request)
void copy_file(const Arguments& arguments) {
  const std::string path = path_at(arguments, 0), target = path_at(arguments, 1);
  run_fs(arguments, 3, {"copyfile", path, target},
         [&](uv_loop_t* loop, uv_fs_t* request, uv_fs_cb callback) {
           return uv_fs_copyfile(loop, request, path.c_str(), target.c_str(), int_at(arguments, 2),
                                 callback);
         });
}

// A change of a watched path: onchange(status, events, name).
class WatchObject final : public HandleObject {
 public:
  WatchObject(Runtime& runtime, v8::Local<v8::Object> object)
      : HandleObject(runtime, object, reinterpret_cast<uv_handle_t*>(&event_)) {
    uv_fs_event_init(runtime.loop(), &event_);
    event_.data = this;
  }
  static void on_change(uv_fs_event_t* event, const char* file, int events, int status) {
    WatchObject& self = *static_cast<WatchObject*>(event->data);
    v8::Isolate* isolate = self.isolate();
    CallbackScope scope(self.runtime(), self.frame());
    v8::Local<v8::Value> arguments[] = {v8::Integer::New(isolate, status),
                                        v8::Integer::New(isolate, events), v8::Null(isolate)};
    if (file != nullptr) arguments[2] = text(isolate, file);
    scope.call_method(self.object(), "onchange", 3, arguments);
  }
  // start(path, recursive)
  static void start(WatchObject& self, const Arguments& arguments) {
    const std::string path = path_at(arguments, 0);
    const unsigned int flags = arguments[1]->IsTrue() ? UV_FS_EVENT_RECURSIVE : 0;
    arguments.GetReturnValue().Set(uv_fs_event_start(&self.event_, on_change, path.c_str(), flags));
  }

 private:
  uv_fs_event_t event_;
};

constexpr struct {
  const char* name;
  v8::FunctionCallback function;
} kFunctions[] = {
    {"access", on_path_with<"access", uv_fs_access>},
    {"chmod", on_path_with<"chmod", uv_fs_chmod>},
    {"chown", set_owner<"chown", const char*, uv_fs_chown>},
    {"close", on_file<"close", uv_fs_close>},
    {"copyFile", copy_file},
    {"fchmod", fchmod},
    {"fchown", set_owner<"fchown", uv_file, uv_fs_fchown>},
    {"fdatasync", on_file<"fdatasync", uv_fs_fdatasync>},
    {"fstat", on_file<"fstat", uv_fs_fstat>},
    {"fsync", on_file<"fsync", uv_fs_fsync>},
    {"ftruncate", ftruncate},
    {"futimes", set_times<"futime", uv_file, uv_fs_futime>},
    {"lchown", set_owner<"lchown", const char*, uv_fs_lchown>},
    {"link", on_paths<"link", uv_fs_link>},
    {"lstat", on_path<"lstat", uv_fs_lstat>},
    {"lutimes", set_times<"lutime", const char*, uv_fs_lutime>},
    {"mkdir", on_path_with<"mkdir", uv_fs_mkdir>},
    {"mkdtemp", on_path<"mkdtemp", uv_fs_mkdtemp>},
    {"open", open},
    {"read", transfer<"read", uv_fs_read>},
    {"readlink", on_path<"readlink", uv_fs_readlink>},
    {"realpath", on_path<"realpath", uv_fs_realpath>},
    {"rename", on_paths<"rename", uv_fs_rename>},
    {"rmdir", on_path<"rmdir", uv_fs_rmdir>},
    {"scandir", scandir},
    {"stat", on_path<"stat", uv_fs_stat>},
    {"statfs", on_path<"statfs", uv_fs_statfs>},
    {"symlink", symlink},
    {"unlink", on_path<"unlink", uv_fs_unlink>},
    {"utimes", set_times<"utime", const char*, uv_fs_utime>},
    {"write", transfer<"write", uv_fs_write>},
};

constexpr struct {
  const char* name;
  int value;
} kConstants[] = {{"UV_FS_SYMLINK_DIR", UV_FS_SYMLINK_DIR},
                  {"UV_FS_SYMLINK_JUNCTION", UV_FS_SYMLINK_JUNCTION},
                  {"O_RDONLY", O_RDONLY},
                  {"O_WRONLY", O_WRONLY},
                  {"O_RDWR", O_RDWR},
                  {"UV_DIRENT_UNKNOWN", UV_DIRENT_UNKNOWN},
                  {"UV_DIRENT_FILE", UV_DIRENT_FILE},
                  {"UV_DIRENT_DIR", UV_DIRENT_DIR},
                  {"UV_DIRENT_LINK", UV_DIRENT_LINK},
                  {"UV_DIRENT_FIFO", UV_DIRENT_FIFO},
                  {"UV_DIRENT_SOCKET", UV_DIRENT_SOCKET},
                  {"UV_DIRENT_CHAR", UV_DIRENT_CHAR},
                  {"UV_DIRENT_BLOCK", UV_DIRENT_BLOCK},
                  {"S_IFMT", S_IFMT},
                  {"S_IFREG", S_IFREG},
                  {"S_IFDIR", S_IFDIR},
                  {"S_IFCHR", S_IFCHR},
                  {"S_IFBLK", S_IFBLK},
                  {"S_IFIFO", S_IFIFO},
                  {"S_IFLNK", S_IFLNK},
                  {"S_IFSOCK", S_IFSOCK},
                  {"O_CREAT", O_CREAT},
                  {"O_EXCL", O_EXCL},
                  {"UV_FS_O_FILEMAP", UV_FS_O_FILEMAP},
                  {"O_NOCTTY", O_NOCTTY},
                  {"O_TRUNC", O_TRUNC},
                  {"O_APPEND", O_APPEND},
                  {"O_DIRECTORY", O_DIRECTORY},
                  {"O_NOATIME", O_NOATIME},
                  {"O_NOFOLLOW", O_NOFOLLOW},
                  {"O_SYNC", O_SYNC},
                  {"O_DSYNC", O_DSYNC},
                  {"O_DIRECT", O_DIRECT},
                  {"O_NONBLOCK", O_NONBLOCK},
                  {"S_IRWXU", S_IRWXU},
                  {"S_IRUSR", S_IRUSR},
                  {"S_IWUSR", S_IWUSR},
                  {"S_IXUSR", S_IXUSR},
                  {"S_IRWXG", S_IRWXG},
                  {"S_IRGRP", S_IRGRP},
                  {"S_IWGRP", S_IWGRP},
                  {"S_IXGRP", S_IXGRP},
                  {"S_IRWXO", S_IRWXO},
                  {"S_IROTH", S_IROTH},
                  {"S_IWOTH", S_IWOTH},
                  {"S_IXOTH", S_IXOTH},
                  {"F_OK", F_OK},
                  {"R_OK", R_OK},
                  {"W_OK", W_OK},
                  {"X_OK", X_OK},
                  {"UV_FS_COPYFILE_EXCL", UV_FS_COPYFILE_EXCL},
                  {"COPYFILE_EXCL", UV_FS_COPYFILE_EXCL},
                  {"UV_FS_COPYFILE_FICLONE", UV_FS_COPYFILE_FICLONE},
                  {"COPYFILE_FICLONE", UV_FS_COPYFILE_FICLONE},
                  {"UV_FS_COPYFILE_FICLONE_FORCE", UV_FS_COPYFILE_FICLONE_FORCE},
                  {"COPYFILE_FICLONE_FORCE", UV_FS_COPYFILE_FICLONE_FORCE}};

}  // namespace

void make_fs_binding(Runtime& runtime, v8::Local<v8::Object> target) {
  v8::Isolate* isolate = runtime.isolate();
  for (const auto& entry : kFunctions)
    set_function(isolate, target, entry.name, entry.function);
  v8::Local<v8::Object> constants = v8::Object::New(isolate);
  for (const auto& entry : kConstants)
    set_constant(isolate, constants, entry.name, entry.value);
  set(isolate, target, "constants", constants);
  set_constant(isolate, target, "UV_RENAME", UV_RENAME);
  v8::Local<v8::FunctionTemplate> watch =
      make_handle_class(isolate, "FSEvent", construct_handle<WatchObject>);
  add_method<WatchObject::start>(isolate, watch, "start");
  offer_class(runtime, target, "FSEvent", watch);
}

}  // namespace violet::js

// Files. Each function is uv_fs_NAME with its arguments; the last one is the request, or nothing.
#include <fcntl.h>

#include "v8/fs_request.h"

namespace violet::js {
namespace {

std::string path_at(const Arguments& arguments, int index) {
  return to_string(arguments.GetIsolate(), arguments[index]);
}

int int_at(const Arguments& arguments, int index) {
  return to_int(arguments.GetIsolate(), arguments[index]);
}

// Operations on one path.
template <int (*Operation)(uv_loop_t*, uv_fs_t*, const char*, uv_fs_cb)>
void on_path(const Arguments& arguments, const char* syscall) {
  const std::string path = path_at(arguments, 0);
  run_fs(arguments, 1, {syscall, path, {}},
         [&](uv_loop_t* loop, uv_fs_t* request, uv_fs_cb callback) {
           return Operation(loop, request, path.c_str(), callback);
         });
}

// Operations on an open file.
template <int (*Operation)(uv_loop_t*, uv_fs_t*, uv_file, uv_fs_cb)>
void on_file(const Arguments& arguments, const char* syscall) {
  run_fs(arguments, 1, {syscall, {}, {}},
         [&](uv_loop_t* loop, uv_fs_t* request, uv_fs_cb callback) {
           return Operation(loop, request, int_at(arguments, 0), callback);
         });
}

// Operations on two paths.
template <int (*Operation)(uv_loop_t*, uv_fs_t*, const char*, const char*, uv_fs_cb)>
void on_paths(const Arguments& arguments, const char* syscall) {
  const std::string path = path_at(arguments, 0), target = path_at(arguments, 1);
  run_fs(arguments, 2, {syscall, path, target},
         [&](uv_loop_t* loop, uv_fs_t* request, uv_fs_cb callback) {
           return Operation(loop, request, path.c_str(), target.c_str(), callback);
         });
}

// Operations on a path with a number.
template <int (*Operation)(uv_loop_t*, uv_fs_t*, const char*, int, uv_fs_cb)>
void on_path_with(const Arguments& arguments, const char* syscall) {
  const std::string path = path_at(arguments, 0);
  run_fs(arguments, 2, {syscall, path, {}},
         [&](uv_loop_t* loop, uv_fs_t* request, uv_fs_cb callback) {
           return Operation(loop, request, path.c_str(), int_at(arguments, 1), callback);
         });
}

void stat(const Arguments& arguments) {
  on_path<uv_fs_stat>(arguments, "stat");
}
void lstat(const Arguments& arguments) {
  on_path<uv_fs_lstat>(arguments, "lstat");
}
void unlink(const Arguments& arguments) {
  on_path<uv_fs_unlink>(arguments, "unlink");
}
void rmdir(const Arguments& arguments) {
  on_path<uv_fs_rmdir>(arguments, "rmdir");
}
void readlink(const Arguments& arguments) {
  on_path<uv_fs_readlink>(arguments, "readlink");
}
void realpath(const Arguments& arguments) {
  on_path<uv_fs_realpath>(arguments, "realpath");
}
void mkdtemp(const Arguments& arguments) {
  on_path<uv_fs_mkdtemp>(arguments, "mkdtemp");
}
void close(const Arguments& arguments) {
  on_file<uv_fs_close>(arguments, "close");
}
void fstat(const Arguments& arguments) {
  on_file<uv_fs_fstat>(arguments, "fstat");
}
void fsync(const Arguments& arguments) {
  on_file<uv_fs_fsync>(arguments, "fsync");
}
void fdatasync(const Arguments& arguments) {
  on_file<uv_fs_fdatasync>(arguments, "fdatasync");
}
void rename(const Arguments& arguments) {
  on_paths<uv_fs_rename>(arguments, "rename");
}
void link(const Arguments& arguments) {
  on_paths<uv_fs_link>(arguments, "link");
}
void access(const Arguments& arguments) {
  on_path_with<uv_fs_access>(arguments, "access");
}
void chmod(const Arguments& arguments) {
  on_path_with<uv_fs_chmod>(arguments, "chmod");
}
void mkdir(const Arguments& arguments) {
  on_path_with<uv_fs_mkdir>(arguments, "mkdir");
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
template <Transfer Operation>
void transfer(const Arguments& arguments, const char* syscall) {
  const Bytes bytes = bytes_of(arguments[1]);
  const uv_buf_t buffer = uv_buf_init(bytes.data, static_cast<unsigned int>(bytes.size));
  const std::int64_t position = to_integer(arguments.GetIsolate(), arguments[2], -1);
  run_fs(
      arguments, 3, {syscall, {}, {}},
      [&](uv_loop_t* loop, uv_fs_t* request, uv_fs_cb callback) {
        return Operation(loop, request, int_at(arguments, 0), &buffer, 1, position, callback);
      },
      arguments[1]);
}

void read(const Arguments& arguments) {
  transfer<uv_fs_read>(arguments, "read");
}
void write(const Arguments& arguments) {
  transfer<uv_fs_write>(arguments, "write");
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

// utimes(path, access time, modification time in seconds, request)
void utimes(const Arguments& arguments) {
  const std::string path = path_at(arguments, 0);
  v8::Isolate* isolate = arguments.GetIsolate();
  run_fs(arguments, 3, {"utime", path, {}},
         [&](uv_loop_t* loop, uv_fs_t* request, uv_fs_cb callback) {
           return uv_fs_utime(loop, request, path.c_str(), to_double(isolate, arguments[1]),
                              to_double(isolate, arguments[2]), callback);
         });
}

// chown(path, user, group, request)
void chown(const Arguments& arguments) {
  const std::string path = path_at(arguments, 0);
  run_fs(
      arguments, 3, {"chown", path, {}}, [&](uv_loop_t* loop, uv_fs_t* request, uv_fs_cb callback) {
        return uv_fs_chown(loop, request, path.c_str(), static_cast<uv_uid_t>(int_at(arguments, 1)),
                           static_cast<uv_gid_t>(int_at(arguments, 2)), callback);
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
    {"access", access},       {"chmod", chmod},         {"chown", chown},   {"close", close},
    {"copyFile", copy_file},  {"fdatasync", fdatasync}, {"fstat", fstat},   {"fsync", fsync},
    {"ftruncate", ftruncate}, {"link", link},           {"lstat", lstat},   {"mkdir", mkdir},
    {"mkdtemp", mkdtemp},     {"open", open},           {"read", read},     {"readlink", readlink},
    {"realpath", realpath},   {"rename", rename},       {"rmdir", rmdir},   {"scandir", scandir},
    {"stat", stat},           {"symlink", symlink},     {"unlink", unlink}, {"utimes", utimes},
    {"write", write},
};

constexpr struct {
  const char* name;
  int value;
} kConstants[] = {
    {"F_OK", F_OK},
    {"R_OK", R_OK},
    {"W_OK", W_OK},
    {"X_OK", X_OK},
    {"O_RDONLY", UV_FS_O_RDONLY},
    {"O_WRONLY", UV_FS_O_WRONLY},
    {"O_RDWR", UV_FS_O_RDWR},
    {"O_CREAT", UV_FS_O_CREAT},
    {"O_EXCL", UV_FS_O_EXCL},
    {"O_TRUNC", UV_FS_O_TRUNC},
    {"O_APPEND", UV_FS_O_APPEND},
    {"O_SYNC", UV_FS_O_SYNC},
    {"S_IFMT", S_IFMT},
    {"S_IFREG", S_IFREG},
    {"S_IFDIR", S_IFDIR},
    {"S_IFCHR", S_IFCHR},
    {"S_IFBLK", S_IFBLK},
    {"S_IFIFO", S_IFIFO},
    {"S_IFLNK", S_IFLNK},
    {"S_IFSOCK", S_IFSOCK},
    {"COPYFILE_EXCL", UV_FS_COPYFILE_EXCL},
    {"COPYFILE_FICLONE", UV_FS_COPYFILE_FICLONE},
    {"COPYFILE_FICLONE_FORCE", UV_FS_COPYFILE_FICLONE_FORCE},
    {"UV_DIRENT_UNKNOWN", UV_DIRENT_UNKNOWN},
    {"UV_DIRENT_FILE", UV_DIRENT_FILE},
    {"UV_DIRENT_DIR", UV_DIRENT_DIR},
    {"UV_DIRENT_LINK", UV_DIRENT_LINK},
    {"UV_DIRENT_FIFO", UV_DIRENT_FIFO},
    {"UV_DIRENT_SOCKET", UV_DIRENT_SOCKET},
    {"UV_DIRENT_CHAR", UV_DIRENT_CHAR},
    {"UV_DIRENT_BLOCK", UV_DIRENT_BLOCK},
    {"UV_RENAME", UV_RENAME},
    {"UV_CHANGE", UV_CHANGE},
};

}  // namespace

void make_fs_binding(Runtime& runtime, v8::Local<v8::Object> target) {
  v8::Isolate* isolate = runtime.isolate();
  for (const auto& entry : kFunctions)
    set_function(isolate, target, entry.name, entry.function);
  v8::Local<v8::Object> constants = v8::Object::New(isolate);
  for (const auto& entry : kConstants)
    set_constant(isolate, constants, entry.name, entry.value);
  set(isolate, target, "constants", constants);
  v8::Local<v8::FunctionTemplate> watch =
      make_handle_class(isolate, "FSEvent", construct_handle<WatchObject>);
  add_method<WatchObject::start>(isolate, watch, "start");
  offer_class(runtime, target, "FSEvent", watch);
}

}  // namespace violet::js

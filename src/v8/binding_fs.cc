// Files. Each function is uv_fs_NAME with its arguments; the last one is the request, or nothing.
#include <fcntl.h>

#include <algorithm>
#include <tuple>
#include <type_traits>

#include "v8/fs_request.h"

namespace violet::js {
namespace {

// What an error calls the operation.
template <std::size_t Size>
struct Syscall {
  char text[Size];
  // A text in a template's arguments is converted, so it is not explicit.
  constexpr Syscall(const char (&name)[Size]) {  // NOLINT(google-explicit-constructor)
    std::copy_n(name, Size, text);
  }
};

// NAME(values..., request) out of uv_fs_NAME(loop, request, values..., callback).
template <Syscall Name, auto Operation>
struct FsFunction;
template <Syscall Name, typename... Parameters, int (*Operation)(Parameters...)>
struct FsFunction<Name, Operation> {
  static constexpr std::size_t kCount = sizeof...(Parameters) - 3;
  template <std::size_t Index>
  using Value = std::tuple_element_t<Index + 2, std::tuple<Parameters...>>;

  template <std::size_t... Index>
  static void call_with(const Arguments& arguments, std::index_sequence<Index...>) {
    const std::tuple values(argument_at<Value<Index>>(arguments, Index)...);
    FsCall call{Name.text, {}};
    if constexpr (kCount > 1) call.note_destination(std::get<1>(values));
    run_fs(arguments, kCount, std::move(call),
           [&](uv_loop_t* loop, uv_fs_t* request, uv_fs_cb callback) {
             return Operation(loop, request, passed(std::get<Index>(values))..., callback);
           });
  }
  static void call(const Arguments& arguments) {
    call_with(arguments, std::make_index_sequence<kCount>());
  }
};
template <Syscall Name, auto Operation>
constexpr Method kFsFunction = {Name.text, FsFunction<Name, Operation>::call};

using Transfer = int (*)(uv_loop_t*, uv_fs_t*, uv_file, const uv_buf_t*, unsigned int, std::int64_t,
                         uv_fs_cb);

// transfer(file, view, position or -1, request)
template <Syscall Name, Transfer Operation>
void transfer(const Arguments& arguments) {
  const uv_file file = int_at(arguments, 0);
  const Bytes bytes = bytes_of(arguments[1]);
  const uv_buf_t buffer = uv_buf_init(bytes.data, static_cast<unsigned int>(bytes.size));
  const std::int64_t position = to_integer(arguments.GetIsolate(), arguments[2], -1);
  run_fs(
      arguments, 3, {Name.text, {}},
      [&](uv_loop_t* loop, uv_fs_t* request, uv_fs_cb callback) {
        return Operation(loop, request, file, &buffer, 1, position, callback);
      },
      arguments[1]);
}

// A change of a watched path: onchange(status, events, name).
struct WatchObject final : HandleOf<uv_fs_event_t> {
  WatchObject(Runtime& runtime, v8::Local<v8::Object> object) : HandleOf(runtime, object) {
    uv_fs_event_init(runtime.loop(), &raw);
  }
};

void on_change(uv_fs_event_t* event, const char* file, int events, int status) {
  auto& self = object_of<WatchObject>(event);
  v8::Isolate* isolate = self.isolate();
  CallbackScope scope(self.runtime(), self.frame());
  v8::Local<v8::Value> arguments[] = {v8::Integer::New(isolate, status),
                                      v8::Integer::New(isolate, events), v8::Null(isolate)};
  if (file != nullptr) arguments[2] = text(isolate, file);
  scope.call_method(self.object(), "onchange", 3, arguments);
}

// start(path, recursive)
void start_watching(WatchObject& self, const Arguments& arguments) {
  const std::string path = text_at(arguments, 0);
  const unsigned int flags = arguments[1]->IsTrue() ? UV_FS_EVENT_RECURSIVE : 0;
  answer(arguments, uv_fs_event_start(&self.raw, on_change, path.c_str(), flags));
}

constexpr Method kFunctions[] = {
    kFsFunction<"access", uv_fs_access>,       kFsFunction<"chmod", uv_fs_chmod>,
    kFsFunction<"chown", uv_fs_chown>,         kFsFunction<"close", uv_fs_close>,
    kFsFunction<"copyfile", uv_fs_copyfile>,   kFsFunction<"fchmod", uv_fs_fchmod>,
    kFsFunction<"fchown", uv_fs_fchown>,       kFsFunction<"fdatasync", uv_fs_fdatasync>,
    kFsFunction<"fstat", uv_fs_fstat>,         kFsFunction<"fsync", uv_fs_fsync>,
    kFsFunction<"ftruncate", uv_fs_ftruncate>, kFsFunction<"futime", uv_fs_futime>,
    kFsFunction<"lchown", uv_fs_lchown>,       kFsFunction<"link", uv_fs_link>,
    kFsFunction<"lstat", uv_fs_lstat>,         kFsFunction<"lutime", uv_fs_lutime>,
    kFsFunction<"mkdir", uv_fs_mkdir>,         kFsFunction<"mkdtemp", uv_fs_mkdtemp>,
    kFsFunction<"open", uv_fs_open>,           {"read", transfer<"read", uv_fs_read>},
    kFsFunction<"readlink", uv_fs_readlink>,   kFsFunction<"realpath", uv_fs_realpath>,
    kFsFunction<"rename", uv_fs_rename>,       kFsFunction<"rmdir", uv_fs_rmdir>,
    kFsFunction<"scandir", uv_fs_scandir>,     kFsFunction<"stat", uv_fs_stat>,
    kFsFunction<"statfs", uv_fs_statfs>,       kFsFunction<"symlink", uv_fs_symlink>,
    kFsFunction<"unlink", uv_fs_unlink>,       kFsFunction<"utime", uv_fs_utime>,
    {"write", transfer<"write", uv_fs_write>}};

// clang-format off
constexpr struct {
  const char* name;
  int value;
} kConstants[] = {
    {"UV_FS_SYMLINK_DIR", UV_FS_SYMLINK_DIR}, {"UV_FS_SYMLINK_JUNCTION", UV_FS_SYMLINK_JUNCTION},
    {"O_RDONLY", O_RDONLY}, {"O_WRONLY", O_WRONLY}, {"O_RDWR", O_RDWR},
    {"UV_DIRENT_UNKNOWN", UV_DIRENT_UNKNOWN}, {"UV_DIRENT_FILE", UV_DIRENT_FILE},
    {"UV_DIRENT_DIR", UV_DIRENT_DIR}, {"UV_DIRENT_LINK", UV_DIRENT_LINK},
    {"UV_DIRENT_FIFO", UV_DIRENT_FIFO}, {"UV_DIRENT_SOCKET", UV_DIRENT_SOCKET},
    {"UV_DIRENT_CHAR", UV_DIRENT_CHAR}, {"UV_DIRENT_BLOCK", UV_DIRENT_BLOCK}, {"S_IFMT", S_IFMT},
    {"S_IFREG", S_IFREG}, {"S_IFDIR", S_IFDIR}, {"S_IFCHR", S_IFCHR}, {"S_IFBLK", S_IFBLK},
    {"S_IFIFO", S_IFIFO}, {"S_IFLNK", S_IFLNK}, {"S_IFSOCK", S_IFSOCK}, {"O_CREAT", O_CREAT},
    {"O_EXCL", O_EXCL}, {"UV_FS_O_FILEMAP", UV_FS_O_FILEMAP}, {"O_NOCTTY", O_NOCTTY},
    {"O_TRUNC", O_TRUNC}, {"O_APPEND", O_APPEND}, {"O_DIRECTORY", O_DIRECTORY},
    {"O_NOATIME", O_NOATIME}, {"O_NOFOLLOW", O_NOFOLLOW}, {"O_SYNC", O_SYNC}, {"O_DSYNC", O_DSYNC},
    {"O_DIRECT", O_DIRECT}, {"O_NONBLOCK", O_NONBLOCK}, {"S_IRWXU", S_IRWXU}, {"S_IRUSR", S_IRUSR},
    {"S_IWUSR", S_IWUSR}, {"S_IXUSR", S_IXUSR}, {"S_IRWXG", S_IRWXG}, {"S_IRGRP", S_IRGRP},
    {"S_IWGRP", S_IWGRP}, {"S_IXGRP", S_IXGRP}, {"S_IRWXO", S_IRWXO}, {"S_IROTH", S_IROTH},
    {"S_IWOTH", S_IWOTH}, {"S_IXOTH", S_IXOTH}, {"F_OK", F_OK}, {"R_OK", R_OK}, {"W_OK", W_OK},
    {"X_OK", X_OK}, {"UV_FS_COPYFILE_EXCL", UV_FS_COPYFILE_EXCL},
    {"COPYFILE_EXCL", UV_FS_COPYFILE_EXCL}, {"UV_FS_COPYFILE_FICLONE", UV_FS_COPYFILE_FICLONE},
    {"COPYFILE_FICLONE", UV_FS_COPYFILE_FICLONE},
    {"UV_FS_COPYFILE_FICLONE_FORCE", UV_FS_COPYFILE_FICLONE_FORCE},
    {"COPYFILE_FICLONE_FORCE", UV_FS_COPYFILE_FICLONE_FORCE},
};
// clang-format on

}  // namespace

void make_fs_binding(Runtime& runtime, v8::Local<v8::Object> target) {
  v8::Isolate* isolate = runtime.isolate();
  set_functions(isolate, target, kFunctions);
  v8::Local<v8::Object> constants = v8::Object::New(isolate);
  for (const auto& entry : kConstants)
    set_constant(isolate, constants, entry.name, entry.value);
  set(isolate, target, "constants", constants);
  set_constant(isolate, target, "UV_RENAME", UV_RENAME);
  set(isolate, target, "status",
      v8::Float64Array::New(memory_of(isolate, runtime.file_status), 0, kStatusFields));
  v8::Local<v8::FunctionTemplate> watch =
      make_handle_class(isolate, "FSEvent", construct_handle<WatchObject>);
  add_method<start_watching>(isolate, watch, "start");
  offer_class(runtime, target, "FSEvent", watch);
}

}  // namespace violet::js

// Files. Each object is a folder with files "a", "b" and so on, and one open file. Its operations
// are performed one after the other, the next one in the callback of the one before.
#include <fcntl.h>

#include <algorithm>
#include <deque>
#include <vector>

#include "machine.h"

namespace differential {
namespace {

constexpr std::size_t kMaxTransfer = 1u << 20;

struct Files : Request {
  using Request::Request;
  bool awaits() const override { return pending || !queued.empty(); }

  std::string folder;
  int descriptor = -1;
  std::deque<Op> queued;
  Op current;
  std::string buffer;

  std::string path(const std::string& file) const { return folder + "/" + file; }
};

int flags_of(const std::string& word) {
  int flags = word.find('w') == std::string::npos ? O_RDONLY : O_RDWR;
  if (word.find('c') != std::string::npos) flags |= O_CREAT;
  if (word.find('t') != std::string::npos) flags |= O_TRUNC;
  if (word.find('x') != std::string::npos) flags |= O_EXCL;
  if (word.find('a') != std::string::npos) flags |= O_APPEND;
  return flags;
}

// VERB [ARGUMENT]... are the words from the second on.
int start(Files& files, const Op& op, uv_fs_t* request, uv_fs_cb done) {
  uv_loop_t* loop = &files.machine.loop;
  const std::string& verb = op.word(1);
  const std::string path = files.path(op.word(2));
  const std::string other = files.path(op.word(3));
  const int descriptor = files.descriptor;
  if (verb == "open") {
    if (descriptor >= 0) return UV_EBUSY;
    return uv_fs_open(loop, request, path.c_str(), flags_of(op.word(3)), 0600, done);
  }
  if (verb == "read" || verb == "write") {
    std::size_t size = std::min(static_cast<std::size_t>(op.number(3)), kMaxTransfer);
    files.buffer.assign(size, static_cast<char>('a' + op.line % 26));
    uv_buf_t buffer = uv_buf_init(files.buffer.data(), static_cast<unsigned>(size));
    auto function = verb == "read" ? uv_fs_read : uv_fs_write;
    return function(loop, request, descriptor, &buffer, 1, op.number(2), done);
  }
  if (verb == "close") return uv_fs_close(loop, request, descriptor, done);
  if (verb == "fstat") return uv_fs_fstat(loop, request, descriptor, done);
  if (verb == "fsync") return uv_fs_fsync(loop, request, descriptor, done);
  if (verb == "ftruncate") return uv_fs_ftruncate(loop, request, descriptor, op.number(2), done);
  if (verb == "stat") return uv_fs_stat(loop, request, path.c_str(), done);
  if (verb == "lstat") return uv_fs_lstat(loop, request, path.c_str(), done);
  if (verb == "access") return uv_fs_access(loop, request, path.c_str(), R_OK, done);
  if (verb == "unlink") return uv_fs_unlink(loop, request, path.c_str(), done);
  if (verb == "mkdir") return uv_fs_mkdir(loop, request, path.c_str(), 0700, done);
  if (verb == "rmdir") return uv_fs_rmdir(loop, request, path.c_str(), done);
  if (verb == "readlink") return uv_fs_readlink(loop, request, path.c_str(), done);
  if (verb == "scandir") return uv_fs_scandir(loop, request, files.folder.c_str(), 0, done);
  if (verb == "rename") return uv_fs_rename(loop, request, path.c_str(), other.c_str(), done);
  if (verb == "link") return uv_fs_link(loop, request, path.c_str(), other.c_str(), done);
  if (verb == "symlink")
    return uv_fs_symlink(loop, request, op.word(2).c_str(), other.c_str(), 0, done);
  if (verb == "copyfile")
    return uv_fs_copyfile(loop, request, path.c_str(), other.c_str(), 0, done);
  return UV_EINVAL;
}

bool needs_descriptor(const std::string& verb) {
  return verb == "read" || verb == "write" || verb == "close" || verb == "fstat" ||
         verb == "fsync" || verb == "ftruncate";
}

unsigned long long sum_of(const std::string& bytes, std::size_t count) {
  unsigned long long sum = 0;
  for (std::size_t i = 0; i < count; ++i)
    sum = sum * 31 + static_cast<unsigned char>(bytes[i]);
  return sum & 0xffffffff;
}

std::string entries_of(uv_fs_t* request) {
  std::vector<std::string> names;
  for (uv_dirent_t entry; uv_fs_scandir_next(request, &entry) == 0;)
    names.push_back(std::string(entry.name) + "/" + std::to_string(entry.type));
  std::sort(names.begin(), names.end());
  std::string all;
  for (const std::string& name : names)
    all += name + " ";
  return all;
}

// What an operation brought, beyond its result.
std::string outcome(Files& files, const Op& op, uv_fs_t* request) {
  const std::string& verb = op.word(1);
  long result = static_cast<long>(uv_fs_get_result(request));
  if (result < 0) return "";
  if (verb == "open") files.descriptor = static_cast<int>(result);
  if (verb == "close") files.descriptor = -1;
  if (verb == "read") return std::to_string(sum_of(files.buffer, static_cast<std::size_t>(result)));
  if (verb == "scandir") return entries_of(request);
  if (verb == "readlink") return static_cast<const char*>(uv_fs_get_ptr(request));
  if (verb == "stat" || verb == "lstat" || verb == "fstat") {
    const uv_stat_t* stat = uv_fs_get_statbuf(request);
    bool is_folder = (stat->st_mode & S_IFMT) == S_IFDIR;
    return std::to_string(stat->st_mode) + " " +
           (is_folder ? "folder" : std::to_string(stat->st_size)) + " " +
           std::to_string(is_folder ? 0 : stat->st_nlink);
  }
  return "";
}

long long result_of(const Op& op, uv_fs_t* request) {
  long long result = uv_fs_get_result(request);
  return op.word(1) == "open" && result > 0 ? 0 : result;  // Numbers of descriptors are free.
}

void start_next(Files& files);

void done(uv_fs_t* request) {
  Files& files = object_of<Files>(request);
  std::string seen = outcome(files, files.current, request);
  long long result = result_of(files.current, request);
  uv_fs_req_cleanup(request);
  Event("fs").add("o", files.name).add("i", files.current.line).add("seen", seen);
  request_callback(files, "fs", result);
  if (!files.pending) start_next(files);
}

void start_next(Files& files) {
  while (!files.pending && !files.queued.empty() && !files.machine.ending) {
    files.current = files.queued.front();
    files.queued.pop_front();
    const Op& op = files.current;
    if (needs_descriptor(op.word(1)) && files.descriptor < 0) {
      trace_skip(op);
      continue;
    }
    files.memory.fs.data = static_cast<Object*>(&files);
    files.pending = true;
    int result =
        files.machine.call("uv_fs", [&] { return start(files, op, &files.memory.fs, done); });
    if (result != 0) files.pending = false;
    trace_result(op, result);
  }
}

Files* obtain(Machine& machine, const Op& op) {
  Files* files = machine.obtain<Files>(op.word(0));
  if (files == nullptr || !files->folder.empty()) return files;
  files->folder = machine.folder + "/" + files->name;
  uv_fs_t request;
  uv_fs_mkdir(nullptr, &request, files->folder.c_str(), 0700, nullptr);
  uv_fs_req_cleanup(&request);
  return files;
}

void fs(Machine& machine, const Op& op) {
  Files* files = obtain(machine, op);
  if (files == nullptr) return trace_skip(op);
  files->queued.push_back(op);
  if (!files->pending) start_next(*files);
}

void fs_sync(Machine& machine, const Op& op) {
  Files* files = obtain(machine, op);
  if (files == nullptr || files->awaits()) return trace_skip(op);
  if (needs_descriptor(op.word(1)) && files->descriptor < 0) return trace_skip(op);
  uv_fs_t request;
  request.result = UV_EINVAL;
  int result = machine.call("uv_fs", [&] { return start(*files, op, &request, nullptr); });
  if (op.word(1) == "open" && files->descriptor >= 0) return trace_skip(op);
  std::string seen = outcome(*files, op, &request);
  if (result != uv_fs_get_result(&request))
    Event("wrong")
        .add("o", files->name)
        .add("what", "result of a synchronous call")
        .add("r", result);
  trace_result(op, result_of(op, &request));
  Event("fs").add("o", files->name).add("i", op.line).add("seen", seen);
  uv_fs_req_cleanup(&request);
}

void fs_cancel(Machine& machine, const Op& op) {
  Files* files = machine.find<Files>(op.word(0));
  if (files == nullptr || !files->pending) return trace_skip(op);
  int result = machine.call("uv_cancel", [&] { return uv_cancel(&files->memory.req); });
  Event("cancel").add("i", op.line).add("o", files->name).add("r", result).add("sure", 0);
}

}  // namespace

void close_files(Machine& machine) {
  for (auto& [name, object] : machine.objects) {
    auto* files = dynamic_cast<Files*>(object.get());
    if (files == nullptr || files->descriptor < 0) continue;
    uv_fs_t request;
    uv_fs_close(nullptr, &request, files->descriptor, nullptr);
    uv_fs_req_cleanup(&request);
  }
}

void add_file_operations(Operations& operations) {
  operations["fs"] = fs;
  operations["fs_sync"] = fs_sync;
  operations["fs_cancel"] = fs_cancel;
}

}  // namespace differential

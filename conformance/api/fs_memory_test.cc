// File requests and watches when memory runs out.
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "fs_support.h"
#include "own_process.h"
#include "support.h"

namespace conformance {
namespace {

// An allocator that fails from a certain call on.
std::atomic<long> allowed_allocations;
bool may_allocate() {
  return allowed_allocations.fetch_sub(1) > 0;
}
void* failing_malloc(size_t size) {
  return may_allocate() ? std::malloc(size) : nullptr;
}
void* failing_realloc(void* memory, size_t size) {
  return may_allocate() ? std::realloc(memory, size) : nullptr;
}
void* failing_calloc(size_t count, size_t size) {
  return may_allocate() ? std::calloc(count, size) : nullptr;
}

bool is_acceptable(ssize_t result) {
  return result >= 0 || result == UV_ENOMEM;
}

// Does it in both ways: works, or says UV_ENOMEM; the callback runs once if it was started.
template <typename Start>
bool behaves(uv_loop_t* loop, Start start) {
  FsCall sync;
  if (!is_acceptable(start(loop, &sync.request, uv_fs_cb{nullptr}))) return false;
  FsCall async;
  int error = start(loop, &async.request, uv_fs_cb{FsCall::count});
  if (error != 0) return error == UV_ENOMEM;
  uv_run(loop, UV_RUN_DEFAULT);
  return async.callbacks == 1 && is_acceptable(async.request.result);
}

bool opens_and_closes(uv_loop_t* loop) {
  FsCall open;
  int error = uv_fs_opendir(loop, &open.request, "/", nullptr);
  if (error != 0) return error == UV_ENOMEM;
  uv_dir_t* directory = static_cast<uv_dir_t*>(open.request.ptr);
  uv_dirent_t entries[4];
  directory->dirents = entries;
  directory->nentries = 4;
  bool fine = behaves(loop, [&](uv_loop_t*, uv_fs_t* request, uv_fs_cb callback) {
    return uv_fs_readdir(loop, request, directory, callback);
  });
  FsCall close;
  return uv_fs_closedir(loop, &close.request, directory, nullptr) == 0 && fine;
}

bool watches(uv_loop_t* loop, const std::string& path) {
  uv_fs_event_t event;
  uv_fs_poll_t poll;
  uv_fs_event_init(loop, &event);
  uv_fs_poll_init(loop, &poll);
  int events = uv_fs_event_start(
      &event, [](uv_fs_event_t*, const char*, int, int) {}, path.c_str(), UV_FS_EVENT_RECURSIVE);
  int polls = uv_fs_poll_start(
      &poll, [](uv_fs_poll_t*, int, const uv_stat_t*, const uv_stat_t*) {}, path.c_str(), 1);
  FsCall make;
  std::string folder = path + "/folder";
  uv_fs_mkdir(nullptr, &make.request, folder.c_str(), 0700, nullptr);
  for (int turn = 0; turn < 3; ++turn)
    uv_run(loop, UV_RUN_NOWAIT);
  uv_close(reinterpret_cast<uv_handle_t*>(&event), nullptr);
  uv_close(reinterpret_cast<uv_handle_t*>(&poll), nullptr);
  uv_run(loop, UV_RUN_DEFAULT);
  return is_acceptable(events) && is_acceptable(polls);
}

int use_all(const std::string& path) {
  uv_loop_t loop;
  if (uv_loop_init(&loop) != 0) return 0;
  char byte;
  uv_buf_t buffers[8];
  for (uv_buf_t& buffer : buffers)
    buffer = uv_buf_init(&byte, 1);
  std::string path_template = path + "/XXXXXX";
  std::string link = path + "/link";
  std::error_code failure;
  std::filesystem::create_directory_symlink("/", link, failure);
  // Wine makes none.
  if (!std::filesystem::is_symlink(link, failure)) link.clear();
  if (!behaves(&loop,
               [](uv_loop_t* l, uv_fs_t* r, uv_fs_cb c) { return uv_fs_stat(l, r, "/", c); }))
    return 1;
  if (!behaves(&loop,
               [](uv_loop_t* l, uv_fs_t* r, uv_fs_cb c) { return uv_fs_scandir(l, r, "/", 0, c); }))
    return 2;
  if (!behaves(&loop,
               [](uv_loop_t* l, uv_fs_t* r, uv_fs_cb c) { return uv_fs_statfs(l, r, "/", c); }))
    return 3;
  if (!behaves(&loop, [&](uv_loop_t* l, uv_fs_t* r, uv_fs_cb c) {
        return uv_fs_realpath(l, r, link.empty() ? path.c_str() : link.c_str(), c);
      }))
    return 4;
  if (!link.empty() && !behaves(&loop, [&](uv_loop_t* l, uv_fs_t* r, uv_fs_cb c) {
        return uv_fs_readlink(l, r, link.c_str(), c);
      }))
    return 5;
  if (!behaves(&loop, [&](uv_loop_t* l, uv_fs_t* r, uv_fs_cb c) {
        return uv_fs_mkdtemp(l, r, path_template.c_str(), c);
      }))
    return 6;
  FsCall open;
  std::string text = path + "/text";
  std::ofstream(text) << "some text";
  uv_fs_open(nullptr, &open.request, text.c_str(), UV_FS_O_RDONLY, 0, nullptr);
  uv_file file = static_cast<uv_file>(open.request.result);
  if (!behaves(&loop, [&](uv_loop_t* l, uv_fs_t* r, uv_fs_cb c) {
        return uv_fs_read(l, r, file, buffers, 8, -1, c);
      }))
    return 7;
  if (!opens_and_closes(&loop)) return 8;
  if (!watches(&loop, path)) return 9;
  return uv_loop_close(&loop) == 0 ? 0 : 10;
}

int exit_code_with(long allowed, const std::string& path) {
  return in_own_process([allowed, &path] {
    allowed_allocations = allowed;
    if (uv_replace_allocator(failing_malloc, failing_realloc, failing_calloc, std::free) != 0) {
      return 99;
    }
    return use_all(path);
  });
}

TEST(FsOutOfMemory, IsAnErrorAndNeverACrash) {
  if (!kForkedChildrenMayStartThreads) GTEST_SKIP() << "ThreadSanitizer";
  if (!is_at_least(1, 45)) GTEST_SKIP() << "older libraries abort without memory";
  for (long allowed = 0; allowed < 60; allowed += kCasesApart) {
    TemporaryDirectory directory;
    ASSERT_EQ(0, exit_code_with(allowed, directory.path())) << "with " << allowed << " allocations";
  }
}

}  // namespace
}  // namespace conformance

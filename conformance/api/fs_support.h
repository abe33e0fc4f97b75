// What the tests of files share: a directory of their own, and running an operation in both ways.
#pragma once

#include <gtest/gtest.h>
#include <uv.h>

#include <cstddef>
#include <string>

// Before a class has members of names that it may define anew.
#include "platform.h"

namespace conformance {

// Without callbacks: for a file that is only to be there.
inline uv_file open_at_once(const std::string& path, int flags = UV_FS_O_RDWR | UV_FS_O_CREAT) {
  uv_fs_t request;
  return uv_fs_open(nullptr, &request, path.c_str(), flags, 0600, nullptr);
}
inline int write_at_once(uv_file file, std::string text, int64_t offset = -1) {
  uv_fs_t request;
  const uv_buf_t buffer = uv_buf_init(text.data(), static_cast<unsigned>(text.size()));
  return uv_fs_write(nullptr, &request, file, &buffer, 1, offset, nullptr);
}
inline int flush_at_once(uv_file file) {
  uv_fs_t request;
  return uv_fs_fsync(nullptr, &request, file, nullptr);
}
inline int close_at_once(uv_file file) {
  uv_fs_t request;
  return uv_fs_close(nullptr, &request, file, nullptr);
}

// A new, empty directory where temporary files go; removed with everything in it.
class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    char parent[1024];
    std::size_t size = sizeof(parent);
    EXPECT_EQ(0, uv_os_tmpdir(parent, &size));
    const std::string name = std::string(parent) + "/violet-XXXXXX";
    uv_fs_t request;
    EXPECT_EQ(0, uv_fs_mkdtemp(nullptr, &request, name.c_str(), nullptr));
    path_ = request.path;
    uv_fs_req_cleanup(&request);
  }
  ~TemporaryDirectory() { remove(path_); }

  const std::string& path() const { return path_; }
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  static void remove(const std::string& path) {
    uv_fs_t request;
    uv_fs_t scan;
    uv_dirent_t entry;
    if (uv_fs_lstat(nullptr, &request, path.c_str(), nullptr) != 0) return;
    bool is_directory = (request.statbuf.st_mode & S_IFMT) == S_IFDIR;
    uv_fs_req_cleanup(&request);
    if (!is_directory) {
      uv_fs_unlink(nullptr, &request, path.c_str(), nullptr);
      uv_fs_req_cleanup(&request);
      return;
    }
    uv_fs_scandir(nullptr, &scan, path.c_str(), 0, nullptr);
    while (uv_fs_scandir_next(&scan, &entry) == 0)
      remove(path + "/" + entry.name);
    uv_fs_req_cleanup(&scan);
    uv_fs_rmdir(nullptr, &request, path.c_str(), nullptr);
    uv_fs_req_cleanup(&request);
  }

  std::string path_;
};

// A file operation's request; it counts its callbacks.
struct FsCall {
  uv_fs_t request = {};
  int callbacks = 0;

  FsCall() { request.data = this; }
  ~FsCall() { uv_fs_req_cleanup(&request); }
  FsCall(const FsCall&) = delete;
  FsCall& operator=(const FsCall&) = delete;

  static void count(uv_fs_t* request) { ++static_cast<FsCall*>(request->data)->callbacks; }
};

enum class Mode { kSync, kAsync };

inline std::string mode_name(const testing::TestParamInfo<Mode>& info) {
  return info.param == Mode::kSync ? "Sync" : "Async";
}

// A loop and a directory; every test runs once with and once without callbacks.
class FsFixture : public testing::TestWithParam<Mode> {
 protected:
  void SetUp() override { ASSERT_EQ(0, uv_loop_init(&loop_)); }
  void TearDown() override {
    uv_run(&loop_, UV_RUN_DEFAULT);
    EXPECT_EQ(0, uv_loop_close(&loop_));
  }

  // Does `start(loop, request, callback)` in the way of this test, up to its end.
  template <typename Start>
  ssize_t run(FsCall& call, Start start) {
    uv_fs_req_cleanup(&call.request);
    call.callbacks = 0;
    if (GetParam() == Mode::kSync) {
      int result = start(nullptr, &call.request, uv_fs_cb{nullptr});
      EXPECT_EQ(result, static_cast<int>(call.request.result));
      EXPECT_EQ(UV_FS, call.request.type);
      return call.request.result;
    }
    EXPECT_EQ(0, start(&loop_, &call.request, uv_fs_cb{FsCall::count}));
    EXPECT_EQ(0, call.callbacks) << "never inside the call that starts it";
    EXPECT_EQ(1, uv_loop_alive(&loop_));
    EXPECT_EQ(0, uv_run(&loop_, UV_RUN_DEFAULT));
    EXPECT_EQ(1, call.callbacks);
    EXPECT_EQ(UV_FS, call.request.type);
    return call.request.result;
  }

  template <typename Start>
  ssize_t run(Start start) {
    FsCall call;
    return run(call, start);
  }

  uv_file open(const std::string& path, int flags, int mode = 0644) {
    return static_cast<uv_file>(run([&](uv_loop_t* loop, uv_fs_t* request, uv_fs_cb callback) {
      return uv_fs_open(loop, request, path.c_str(), flags, mode, callback);
    }));
  }
  ssize_t close(uv_file file) {
    return run([&](uv_loop_t* loop, uv_fs_t* request, uv_fs_cb callback) {
      return uv_fs_close(loop, request, file, callback);
    });
  }
  ssize_t write(uv_file file, std::string text, int64_t offset = -1) {
    uv_buf_t buffer = uv_buf_init(text.data(), static_cast<unsigned>(text.size()));
    return run([&](uv_loop_t* loop, uv_fs_t* request, uv_fs_cb callback) {
      return uv_fs_write(loop, request, file, &buffer, 1, offset, callback);
    });
  }
  std::string read(uv_file file, std::size_t size, int64_t offset = -1) {
    std::string text(size, '\0');
    uv_buf_t buffer = uv_buf_init(text.data(), static_cast<unsigned>(size));
    ssize_t result = run([&](uv_loop_t* loop, uv_fs_t* request, uv_fs_cb callback) {
      return uv_fs_read(loop, request, file, &buffer, 1, offset, callback);
    });
    EXPECT_GE(result, 0);
    text.resize(result > 0 ? static_cast<std::size_t>(result) : 0);
    return text;
  }
  void write_file(const std::string& path, const std::string& text, int mode = 0644) {
    uv_file file = open(path, UV_FS_O_WRONLY | UV_FS_O_CREAT | UV_FS_O_TRUNC, mode);
    ASSERT_GE(file, 0);
    if (!text.empty()) {
      EXPECT_EQ(static_cast<ssize_t>(text.size()), write(file, text));
    }
    EXPECT_EQ(0, close(file));
  }
  std::string read_file(const std::string& path) {
    uv_file file = open(path, UV_FS_O_RDONLY);
    EXPECT_GE(file, 0);
    std::string text;
    for (;;) {
      std::string part = read(file, 1 << 16);
      if (part.empty()) break;
      text += part;
    }
    EXPECT_EQ(0, close(file));
    return text;
  }
  uv_stat_t stat(const std::string& path) {
    FsCall call;
    EXPECT_EQ(0, run(call, [&](uv_loop_t* loop, uv_fs_t* request, uv_fs_cb callback) {
                return uv_fs_stat(loop, request, path.c_str(), callback);
              }));
    EXPECT_EQ(&call.request.statbuf, call.request.ptr);
    return call.request.statbuf;
  }

  uv_loop_t loop_;
  TemporaryDirectory directory_;
};

#define FOR_BOTH_MODES(fixture) \
  INSTANTIATE_TEST_SUITE_P(Modes, fixture, testing::Values(Mode::kSync, Mode::kAsync), mode_name)

}  // namespace conformance

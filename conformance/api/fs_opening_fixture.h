// What the tests of opening and closing files in the background share.
#pragma once

#include <string>

#include "fs_support.h"

namespace conformance {

class FsOpening : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(0, uv_loop_init(&loop_));
    path_ = directory_ / "file";
    EXPECT_EQ(0, close_at_once(open_at_once(path_)));
  }
  void TearDown() override {
    uv_run(&loop_, UV_RUN_DEFAULT);
    EXPECT_EQ(0, uv_loop_close(&loop_));
  }

  ssize_t open_file(const std::string& path, int flags) {
    FsCall call;
    EXPECT_EQ(0, uv_fs_open(&loop_, &call.request, path.c_str(), flags, 0, FsCall::count));
    EXPECT_EQ(0, call.callbacks);
    uv_run(&loop_, UV_RUN_DEFAULT);
    EXPECT_EQ(1, call.callbacks);
    return call.request.result;
  }
  ssize_t close_file(ssize_t file) {
    FsCall call;
    EXPECT_EQ(0, uv_fs_close(&loop_, &call.request, static_cast<int>(file), FsCall::count));
    EXPECT_EQ(0, call.callbacks);
    uv_run(&loop_, UV_RUN_DEFAULT);
    EXPECT_EQ(1, call.callbacks);
    return call.request.result;
  }

  static bool is_open(ssize_t file) {
    uv_fs_t request;
    return uv_fs_fstat(nullptr, &request, static_cast<uv_file>(file), nullptr) != UV_EBADF;
  }

  uv_loop_t loop_;
  TemporaryDirectory directory_;
  std::string path_;
};

}  // namespace conformance

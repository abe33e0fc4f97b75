// What the tests of the ways of a file operation share.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "fs_support.h"
#include "system.h"

namespace conformance {

// A pattern in which no two places look alike.
inline std::string pattern(std::size_t size) {
  std::string text(size, '\0');
  for (std::size_t i = 0; i < size; ++i)
    text[i] = static_cast<char>((i * 7 + i / 251) & 0xff);
  return text;
}

class FsWays : public testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(0, uv_loop_init(&loop_)); }
  void TearDown() override {
    uv_run(&loop_, UV_RUN_DEFAULT);
    EXPECT_EQ(0, uv_loop_close(&loop_));
    for (int file : open_)
      close_at_once(file);
  }

  int keep(int file) {
    EXPECT_GE(file, 0);
    open_.push_back(file);
    return file;
  }
  int make_file(const std::string& text, int flags = 0) {
    const int file = keep(open_at_once(directory_ / "file", UV_FS_O_RDWR | UV_FS_O_CREAT | flags));
    if (!text.empty()) {
      EXPECT_EQ(static_cast<int>(text.size()), write_at_once(file, text, 0));
    }
    return file;
  }

  // Of looking at such a path.
  void expect_error(int error, const std::string& path) {
    FsCall stat, access;
    ASSERT_EQ(0, uv_fs_stat(&loop_, &stat.request, path.c_str(), FsCall::count));
    ASSERT_EQ(0, uv_fs_access(&loop_, &access.request, path.c_str(), 0, FsCall::count));
    uv_run(&loop_, UV_RUN_DEFAULT);
    EXPECT_EQ(error, stat.request.result) << path;
    EXPECT_EQ(nullptr, stat.request.ptr);
    EXPECT_EQ(error, access.request.result) << path;
  }
  // One read of up to `size` bytes, as its callback tells it.
  ssize_t read(int file, std::string& text, std::size_t size, int64_t offset) {
    text.assign(size, '\0');
    uv_buf_t buffer = uv_buf_init(text.data(), static_cast<unsigned>(size));
    FsCall call;
    EXPECT_EQ(0, uv_fs_read(&loop_, &call.request, file, &buffer, 1, offset, FsCall::count));
    EXPECT_EQ(0, call.callbacks);
    uv_run(&loop_, UV_RUN_DEFAULT);
    EXPECT_EQ(1, call.callbacks);
    text.resize(call.request.result > 0 ? static_cast<std::size_t>(call.request.result) : 0);
    return call.request.result;
  }

  uv_loop_t loop_;
  TemporaryDirectory directory_;
  std::vector<int> open_;
};

// Reads of a file that is not in memory, each of its own block.
class Reads {
 public:
  explicit Reads(const std::string& path) {
    file_ = open_at_once(path);
    EXPECT_EQ(static_cast<int>(whole_.size()), write_at_once(file_, whole_, 0));
    EXPECT_EQ(0, flush_at_once(file_));
    EXPECT_EQ(0, test_support::drop_from_cache(file_));
    text_.assign(whole_.size(), '\0');
  }
  ~Reads() { close_at_once(file_); }
  Reads(const Reads&) = delete;
  Reads& operator=(const Reads&) = delete;

  void start(uv_loop_t* loop) {
    for (std::size_t at = 0; at < whole_.size(); at += kBlock) {
      calls_.push_back(std::make_unique<FsCall>());
      uv_buf_t buffer = uv_buf_init(text_.data() + at, kBlock);
      ASSERT_EQ(0, uv_fs_read(loop, &calls_.back()->request, file_, &buffer, 1,
                              static_cast<int64_t>(at), FsCall::count));
    }
  }
  bool all_came_once() const {
    bool all = text_ == whole_;
    for (const auto& call : calls_)
      all = all && call->callbacks == 1 && call->request.result == static_cast<ssize_t>(kBlock);
    return all;
  }

 private:
  static constexpr std::size_t kBlock = 4096, kBlocks = 32;

  int file_;
  std::string whole_ = pattern(kBlock * kBlocks);
  std::string text_;
  std::vector<std::unique_ptr<FsCall>> calls_;
};

// Reads that are under way while their loop moves.
class FsMoves : public testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(0, uv_loop_init(&loop_)); }
  void TearDown() override {
    uv_run(&loop_, UV_RUN_DEFAULT);
    EXPECT_TRUE(reads_.all_came_once());
    EXPECT_EQ(0, uv_loop_close(&loop_));
  }

  void begin() {
    reads_.start(&loop_);
    uv_run(&loop_, UV_RUN_NOWAIT);
  }

  uv_loop_t loop_;
  TemporaryDirectory directory_;
  Reads reads_{directory_ / "file"};
};

}  // namespace conformance

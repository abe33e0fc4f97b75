// File operations under way while their loop moves to another thread or another process.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <memory>
#include <thread>
#include <vector>

#include "fs_support.h"
#include "system.h"

namespace conformance {
namespace {

constexpr std::size_t kBlock = 4096, kBlocks = 32;

// Reads of a file that is not in memory, each of its own block.
class Reads {
 public:
  explicit Reads(const std::string& path) {
    for (std::size_t i = 0; i < kBlock * kBlocks; ++i)
      whole_ += static_cast<char>((i * 7 + i / 251) & 0xff);
    file_ = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    EXPECT_EQ(static_cast<ssize_t>(whole_.size()), pwrite(file_, whole_.data(), whole_.size(), 0));
    EXPECT_EQ(0, fsync(file_));
    EXPECT_EQ(0, test_support::drop_from_cache(file_));
    text_.assign(whole_.size(), '\0');
  }
  ~Reads() { ::close(file_); }
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
  int file_;
  std::string whole_;
  std::string text_;
  std::vector<std::unique_ptr<FsCall>> calls_;
};

TEST(FsMoves, ReadsGoOnInAnotherThread) {
  TemporaryDirectory directory;
  Reads reads(directory / "file");
  uv_loop_t loop;
  ASSERT_EQ(0, uv_loop_init(&loop));
  reads.start(&loop);
  uv_run(&loop, UV_RUN_NOWAIT);
  std::thread([&] {
    uv_run(&loop, UV_RUN_NOWAIT);
    std::thread([&] { uv_run(&loop, UV_RUN_DEFAULT); }).join();
  }).join();
  EXPECT_TRUE(reads.all_came_once());
  EXPECT_EQ(0, uv_loop_close(&loop));
}

// The thread that began them has ended before they were over.
TEST(FsMoves, ReadsOutliveTheirThread) {
  TemporaryDirectory directory;
  Reads reads(directory / "file");
  uv_loop_t loop;
  ASSERT_EQ(0, uv_loop_init(&loop));
  std::thread([&] {
    reads.start(&loop);
    uv_run(&loop, UV_RUN_NOWAIT);
  }).join();
  uv_run(&loop, UV_RUN_DEFAULT);
  EXPECT_TRUE(reads.all_came_once());
  EXPECT_EQ(0, uv_loop_close(&loop));
}

TEST(FsMoves, AChildLeavesTheParentsReadsAlone) {
  TemporaryDirectory directory;
  Reads reads(directory / "file");
  uv_loop_t loop;
  ASSERT_EQ(0, uv_loop_init(&loop));
  reads.start(&loop);
  uv_run(&loop, UV_RUN_NOWAIT);
  pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    // What is under way in the parent's pool never ends here, so the loop is not run to its end.
    bool forked = uv_loop_fork(&loop) == 0;
    uv_run(&loop, UV_RUN_NOWAIT);
    _exit(forked ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(child, waitpid(child, &status, 0));
  EXPECT_EQ(0, status);
  uv_run(&loop, UV_RUN_DEFAULT);
  EXPECT_TRUE(reads.all_came_once());
  EXPECT_EQ(0, uv_loop_close(&loop));
}

}  // namespace
}  // namespace conformance

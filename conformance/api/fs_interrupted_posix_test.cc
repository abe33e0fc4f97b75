// Writing and reading while signals come all the time.
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

#include "fs_support.h"
#include "support.h"
#include "system.h"

namespace conformance {
namespace {

constexpr std::size_t kBuffers = 54321;
constexpr std::size_t kBytes = 706173;

std::atomic<int> caught;

// A signal each millisecond, whose handler does not restart system calls, for the calling thread
// and whichever others do not block it.
class SignalStorm {
 public:
  SignalStorm() {
    struct sigaction action = {};
    action.sa_handler = [](int) { ++caught; };
    ::sigaction(SIGALRM, &action, &before_);
    const itimerval often = {{0, 1000}, {0, 1000}};
    ::setitimer(ITIMER_REAL, &often, nullptr);
  }
  ~SignalStorm() {
    const itimerval never = {};
    ::setitimer(ITIMER_REAL, &never, nullptr);
    ::sigaction(SIGALRM, &before_, nullptr);
  }
  SignalStorm(const SignalStorm&) = delete;
  SignalStorm& operator=(const SignalStorm&) = delete;

 private:
  struct sigaction before_;
};

// For threads whose calls are not to be interrupted: the signals go to the one under test.
void block_storm() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGALRM);
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

void wait_for_signal(const std::atomic<bool>& is_stormy) {
  const int seen = caught;
  while (is_stormy && caught == seen)
    std::this_thread::yield();
}

// Reads a pipe to its end in a thread that waits for another signal before each read.
class SlowReader {
 public:
  explicit SlowReader(int file) : thread_([this, file] { read_all(file); }) {}

  void hurry() { is_slow_ = false; }
  std::string text() {
    thread_.join();
    return text_;
  }

 private:
  void read_all(int file) {
    block_storm();
    std::vector<char> part(30011);
    for (;;) {
      wait_for_signal(is_slow_);
      const ssize_t got = ::read(file, part.data(), part.size());
      if (got <= 0) return;
      text_.append(part.data(), static_cast<std::size_t>(got));
    }
  }

  std::atomic<bool> is_slow_{true};
  std::string text_;
  std::thread thread_;
};

class FsInterrupted : public FsFixture {
 protected:
  void SetUp() override {
    FsFixture::SetUp();
    ASSERT_EQ(0, ::pipe(ends_));
    for (std::size_t i = 0; i < kBytes; ++i)
      text_.push_back(static_cast<char>('a' + i % 23));
  }
  void TearDown() override {
    close_ends();
    FsFixture::TearDown();
  }
  void close_ends() {
    for (int& end : ends_) {
      if (end >= 0) ::close(end);
      end = -1;
    }
  }

  // The text in as many buffers, of nearly the same size; some are empty.
  std::vector<uv_buf_t> split(std::size_t count) {
    std::vector<uv_buf_t> buffers;
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t begin = kBytes * i / count;
      const std::size_t end = kBytes * (i + 1) / count;
      buffers.push_back(uv_buf_init(text_.data() + begin, static_cast<unsigned>(end - begin)));
      if (i % 1000 == 7) buffers.push_back(uv_buf_init(nullptr, 0));
    }
    return buffers;
  }

  ssize_t write_all(const std::vector<uv_buf_t>& buffers) {
    return run([&](uv_loop_t* loop, uv_fs_t* request, uv_fs_cb callback) {
      return uv_fs_write(loop, request, ends_[1], buffers.data(),
                         static_cast<unsigned>(buffers.size()), -1, callback);
    });
  }

  void expect_whole_write(std::size_t buffer_count) {
    const std::vector<uv_buf_t> buffers = split(buffer_count);
    SlowReader reader(ends_[0]);
    {
      SignalStorm storm;
      EXPECT_EQ(static_cast<ssize_t>(kBytes), write_all(buffers));
      reader.hurry();
    }
    ::close(ends_[1]);
    ends_[1] = -1;
    EXPECT_TRUE(text_ == reader.text());
  }

  int ends_[2] = {-1, -1};
  std::string text_;
};
FOR_BOTH_MODES(FsInterrupted);

TEST_P(FsInterrupted, ManyBuffersAreWrittenWhole) {
  expect_whole_write(kBuffers);
}

TEST_P(FsInterrupted, OneBufferIsWrittenWhole) {
  expect_whole_write(1);
}

// A short read is POSIX's; an interrupted one is not told.
TEST_P(FsInterrupted, ReadsWaitOnAndLoseNothing) {
  if (!is_at_least(1, 45)) GTEST_SKIP() << "libuv 1.44 tells of signals as UV_EINTR";
  const std::atomic<bool> is_slow{true};
  std::thread writer([&] {
    block_storm();
    constexpr std::size_t kPart = 7919;
    for (std::size_t at = 0; at < kBytes; at += kPart) {
      if (at < 10 * kPart) wait_for_signal(is_slow);
      const std::size_t size = std::min(kPart, kBytes - at);
      if (::write(ends_[1], text_.data() + at, size) != static_cast<ssize_t>(size)) break;
    }
    ::close(ends_[1]);
  });
  std::string got;
  {
    SignalStorm storm;
    for (;;) {
      const std::string part = read(ends_[0], 50000);
      if (part.empty()) break;
      got += part;
    }
  }
  writer.join();
  ends_[1] = -1;
  EXPECT_TRUE(text_ == got);
}

TEST_P(FsInterrupted, WhatDoesNotBlockTakesWhatItHasRoomFor) {
  ASSERT_EQ(0, ::fcntl(ends_[1], F_SETFL, O_NONBLOCK));
  const ssize_t written = write_all(split(kBuffers));
  EXPECT_GT(written, 0);
  EXPECT_LT(written, static_cast<ssize_t>(kBytes));
  EXPECT_EQ(UV_EAGAIN, write_all(split(1)));
  std::string got = read(ends_[0], kBytes);
  EXPECT_EQ(static_cast<std::size_t>(written), got.size());
  EXPECT_TRUE(text_.compare(0, got.size(), got) == 0);
}

TEST_P(FsInterrupted, AReaderThatLeavesIsAnError) {
  ::signal(SIGPIPE, SIG_IGN);
  ::close(ends_[0]);
  ends_[0] = -1;
  EXPECT_EQ(UV_EPIPE, write_all(split(kBuffers)));
  ::signal(SIGPIPE, SIG_DFL);
}

// At its limit a file takes less; asking it for the rest would raise SIGXFSZ, which ends a program.
TEST_P(FsInterrupted, AFileThatIsFullIsNotAskedAgain) {
  if (!is_at_least(1, 45)) GTEST_SKIP() << "libuv 1.44 asks again";
  if (test_support::kNoPartOfAFullFile != nullptr) {
    GTEST_SKIP() << test_support::kNoPartOfAFullFile;
  }
  const std::string path = directory_ / "file";
  const uv_file file = open(path, UV_FS_O_RDWR | UV_FS_O_CREAT);
  ASSERT_GE(file, 0);
  rlimit before;
  ASSERT_EQ(0, ::getrlimit(RLIMIT_FSIZE, &before));
  const rlimit limit = {10000, before.rlim_max};
  ASSERT_EQ(0, ::setrlimit(RLIMIT_FSIZE, &limit));
  const std::vector<uv_buf_t> buffers = split(3);
  const ssize_t written = run([&](uv_loop_t* loop, uv_fs_t* request, uv_fs_cb callback) {
    return uv_fs_write(loop, request, file, buffers.data(), 3, 0, callback);
  });
  // Before anything is told, for the output of the tests may be a file too.
  ASSERT_EQ(0, ::setrlimit(RLIMIT_FSIZE, &before));
  EXPECT_EQ(10000, written);
  close(file);
  EXPECT_EQ(10000u, stat(path).st_size);
}

}  // namespace
}  // namespace conformance

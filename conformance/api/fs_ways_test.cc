// The ways a file operation may take (the loop's own thread, a ring, the pool): whichever it is,
// the outcome is the same, and what needs no thread waits for none.
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <vector>

#include "busy_pool.h"
#include "fs_support.h"
#include "platform.h"
#include "support.h"
#include "system.h"

namespace conformance {
namespace {

// A pattern in which no two places look alike.
std::string pattern(std::size_t size) {
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
      close(file);
  }

  int keep(int file) {
    EXPECT_GE(file, 0);
    open_.push_back(file);
    return file;
  }
  int make_file(const std::string& text, int flags = 0) {
    std::string path = directory_ / "file";
    int file = keep(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | flags, 0600));
    EXPECT_EQ(static_cast<ssize_t>(text.size()), pwrite(file, text.data(), text.size(), 0));
    return file;
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

// What holds for Violet and not for libuv: the page and dentry caches answer without a thread.
class FsCached : public FsWays {
 protected:
  void SetUp() override {
    FsWays::SetUp();
    if (test_support::kNoQuestionsToCaches != nullptr) {
      GTEST_SKIP() << test_support::kNoQuestionsToCaches;
    }
    if (!test_support::caches_can_be_asked()) {
      GTEST_SKIP() << "preadv2(2), statx(2) or openat2(2) is refused";
    }
  }

  void run_until(const FsCall& call) {
    while (call.callbacks == 0)
      uv_run(&loop_, UV_RUN_ONCE);
  }
};

TEST_F(FsCached, IsReadWhileThePoolIsBusy) {
  REQUIRE_FUNCTION(violet_loop_init);
  int file = make_file(pattern(4096));
  std::string text;
  EXPECT_EQ(4096, read(file, text, 4096, 0));
  BusyPool pool(&loop_);
  text.assign(4096, '\0');
  uv_buf_t halves[2] = {uv_buf_init(text.data(), 2048), uv_buf_init(text.data() + 2048, 2048)};
  FsCall call;
  ASSERT_EQ(0, uv_fs_read(&loop_, &call.request, file, halves, 2, 0, FsCall::count));
  EXPECT_EQ(UV_EBUSY, uv_cancel(reinterpret_cast<uv_req_t*>(&call.request)));
  EXPECT_EQ(0, call.callbacks);
  run_until(call);
  EXPECT_EQ(4096, call.request.result);
  EXPECT_EQ(pattern(4096), text);
  pool.let_go();
  uv_run(&loop_, UV_RUN_DEFAULT);
}

TEST_F(FsCached, IsLookedUpWhileThePoolIsBusy) {
  REQUIRE_FUNCTION(violet_loop_init);
  int file = make_file("text");
  std::string path = directory_ / "file";
  FsCall first;
  ASSERT_EQ(0, uv_fs_stat(&loop_, &first.request, path.c_str(), FsCall::count));
  uv_run(&loop_, UV_RUN_DEFAULT);
  BusyPool pool(&loop_);
  FsCall stat, link, descriptor, access;
  FsCall* all[] = {&stat, &link, &descriptor, &access};
  ASSERT_EQ(0, uv_fs_stat(&loop_, &stat.request, path.c_str(), FsCall::count));
  ASSERT_EQ(0, uv_fs_lstat(&loop_, &link.request, path.c_str(), FsCall::count));
  ASSERT_EQ(0, uv_fs_fstat(&loop_, &descriptor.request, file, FsCall::count));
  ASSERT_EQ(0, uv_fs_access(&loop_, &access.request, path.c_str(), R_OK, FsCall::count));
  for (FsCall* call : all)
    run_until(*call);
  for (FsCall* call : all)
    EXPECT_EQ(0, call->request.result);
  EXPECT_EQ(4u, stat.request.statbuf.st_size);
  EXPECT_EQ(0, memcmp(&stat.request.statbuf, &descriptor.request.statbuf, sizeof(uv_stat_t)));
  EXPECT_EQ(0, memcmp(&first.request.statbuf, &link.request.statbuf, sizeof(uv_stat_t)));
  pool.let_go();
  uv_run(&loop_, UV_RUN_DEFAULT);
}

TEST_F(FsCached, IsOpenedAndClosedWhileThePoolIsBusy) {
  REQUIRE_FUNCTION(violet_loop_init);
  make_file("text");
  std::string path = directory_ / "file";
  FsCall stat;
  ASSERT_EQ(0, uv_fs_stat(&loop_, &stat.request, path.c_str(), FsCall::count));
  uv_run(&loop_, UV_RUN_DEFAULT);
  BusyPool pool(&loop_);
  FsCall opening, closing;
  ASSERT_EQ(0, uv_fs_open(&loop_, &opening.request, path.c_str(), O_RDONLY, 0, FsCall::count));
  EXPECT_EQ(UV_EBUSY, uv_cancel(reinterpret_cast<uv_req_t*>(&opening.request)));
  run_until(opening);
  ASSERT_GE(opening.request.result, 0);
  const int file = static_cast<int>(opening.request.result);
  ASSERT_EQ(0, uv_fs_close(&loop_, &closing.request, file, FsCall::count));
  run_until(closing);
  EXPECT_EQ(0, closing.request.result);
  EXPECT_EQ(-1, fcntl(file, F_GETFD));
  pool.let_go();
  uv_run(&loop_, UV_RUN_DEFAULT);
}

// Many at once are spread over the threads, but not over threads that do something else.
TEST_F(FsCached, IsLookedUpManyTimesWhileThePoolIsBusy) {
  REQUIRE_FUNCTION(violet_loop_init);
  make_file("text");
  std::string path = directory_ / "file";
  FsCall first;
  ASSERT_EQ(0, uv_fs_stat(&loop_, &first.request, path.c_str(), FsCall::count));
  uv_run(&loop_, UV_RUN_DEFAULT);
  BusyPool pool(&loop_);
  std::vector<std::unique_ptr<FsCall>> calls;
  for (int i = 0; i < 64; ++i) {
    calls.push_back(std::make_unique<FsCall>());
    ASSERT_EQ(0, uv_fs_stat(&loop_, &calls.back()->request, path.c_str(), FsCall::count));
  }
  for (const auto& call : calls)
    run_until(*call);
  for (const auto& call : calls)
    EXPECT_EQ(0, call->request.result);
  pool.let_go();
  uv_run(&loop_, UV_RUN_DEFAULT);
}

// Opening takes a thread one call and the loop's thread six, so the threads come first; what would
// wait long for them is opened by the loop's.
TEST_F(FsCached, IsOpenedByTheLoopWhereManyWait) {
  REQUIRE_FUNCTION(violet_loop_init);
  make_file("text");
  std::string path = directory_ / "file";
  FsCall stat;
  ASSERT_EQ(0, uv_fs_stat(&loop_, &stat.request, path.c_str(), FsCall::count));
  uv_run(&loop_, UV_RUN_DEFAULT);
  BusyPool pool(&loop_);
  std::vector<std::unique_ptr<FsCall>> calls;
  for (int i = 0; i < 64; ++i) {
    calls.push_back(std::make_unique<FsCall>());
    ASSERT_EQ(0,
              uv_fs_open(&loop_, &calls.back()->request, path.c_str(), O_RDONLY, 0, FsCall::count));
  }
  EXPECT_EQ(UV_EBUSY, uv_cancel(reinterpret_cast<uv_req_t*>(&calls.back()->request)));
  run_until(*calls.back());
  EXPECT_EQ(0, calls[8]->callbacks);
  pool.let_go();
  uv_run(&loop_, UV_RUN_DEFAULT);
  for (const auto& call : calls) {
    EXPECT_EQ(1, call->callbacks);
    ASSERT_GE(call->request.result, 0);
    ::close(static_cast<int>(call->request.result));
  }
}

TEST_F(FsWays, NamesThatAreWrongHaveTheirErrors) {
  std::string file = directory_ / "file";
  make_file("");
  std::string loop = directory_ / "loop";
  ASSERT_EQ(0, symlink(loop.c_str(), loop.c_str()));
  struct {
    std::string path;
    int error;
  } cases[] = {{directory_ / "missing", UV_ENOENT},
               {file + "/below", UV_ENOTDIR},
               {loop, UV_ELOOP},
               {"", UV_ENOENT},
               {directory_ / std::string(300, 'x'), UV_ENAMETOOLONG}};
  // Twice: the second time the name may be known to be missing.
  for (int round = 0; round < 2; ++round) {
    for (const auto& wrong : cases) {
      FsCall stat, access;
      ASSERT_EQ(0, uv_fs_stat(&loop_, &stat.request, wrong.path.c_str(), FsCall::count));
      ASSERT_EQ(0, uv_fs_access(&loop_, &access.request, wrong.path.c_str(), 0, FsCall::count));
      uv_run(&loop_, UV_RUN_DEFAULT);
      EXPECT_EQ(wrong.error, stat.request.result) << wrong.path;
      EXPECT_EQ(nullptr, stat.request.ptr);
      EXPECT_EQ(wrong.error, access.request.result) << wrong.path;
    }
  }
  // The kernel looks at the mode first.
  FsCall mode;
  ASSERT_EQ(0, uv_fs_access(&loop_, &mode.request, cases[0].path.c_str(), 0xff, FsCall::count));
  uv_run(&loop_, UV_RUN_DEFAULT);
  EXPECT_EQ(UV_EINVAL, mode.request.result);
  FsCall link, descriptor;
  ASSERT_EQ(0, uv_fs_lstat(&loop_, &link.request, loop.c_str(), FsCall::count));
  ASSERT_EQ(0, uv_fs_fstat(&loop_, &descriptor.request, -1, FsCall::count));
  uv_run(&loop_, UV_RUN_DEFAULT);
  EXPECT_EQ(0, link.request.result);
  EXPECT_TRUE(S_ISLNK(link.request.statbuf.st_mode));
  EXPECT_EQ(UV_EBADF, descriptor.request.result);
}

TEST_F(FsWays, AFifoIsLookedAtAndNotOpened) {
  std::string path = directory_ / "fifo";
  ASSERT_EQ(0, mkfifo(path.c_str(), 0600));
  for (int round = 0; round < 2; ++round) {
    FsCall stat, access;
    ASSERT_EQ(0, uv_fs_stat(&loop_, &stat.request, path.c_str(), FsCall::count));
    ASSERT_EQ(0, uv_fs_access(&loop_, &access.request, path.c_str(), R_OK, FsCall::count));
    uv_run(&loop_, UV_RUN_DEFAULT);
    EXPECT_EQ(0, stat.request.result);
    EXPECT_TRUE(S_ISFIFO(stat.request.statbuf.st_mode));
    EXPECT_EQ(0, access.request.result);
  }
  EXPECT_EQ(-1, open(path.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC)) << "nobody reads it";
  EXPECT_EQ(ENXIO, errno);
}

TEST_F(FsWays, AnEmptyPipeHoldsUpNobody) {
  int pipe_ends[2];
  ASSERT_EQ(0, test_support::open_pipe(pipe_ends));
  keep(pipe_ends[0]);
  keep(pipe_ends[1]);
  char bytes[16] = {};
  uv_buf_t buffer = uv_buf_init(bytes, sizeof(bytes));
  FsCall waiting, other;
  ASSERT_EQ(0, uv_fs_read(&loop_, &waiting.request, pipe_ends[0], &buffer, 1, -1, FsCall::count));
  ASSERT_EQ(0, uv_fs_stat(&loop_, &other.request, "/", FsCall::count));
  while (other.callbacks == 0)
    uv_run(&loop_, UV_RUN_ONCE);
  EXPECT_EQ(0, waiting.callbacks);
  EXPECT_EQ(1, uv_loop_alive(&loop_));
  ASSERT_EQ(5, write(pipe_ends[1], "bytes", 5));
  uv_run(&loop_, UV_RUN_DEFAULT);
  EXPECT_EQ(5, waiting.request.result) << "what there is, not what was asked for";
  EXPECT_STREQ("bytes", bytes);
}

TEST_F(FsWays, APipeIsReadAsItIs) {
  int pipe_ends[2];
  ASSERT_EQ(0, test_support::open_nonblocking_pipe(pipe_ends));
  keep(pipe_ends[0]);
  std::string text;
  EXPECT_EQ(UV_EAGAIN, read(pipe_ends[0], text, 16, -1)) << "it does not wait, as it was asked";
  ASSERT_EQ(5, write(pipe_ends[1], "bytes", 5));
  EXPECT_EQ(5, read(pipe_ends[0], text, 16, -1));
  EXPECT_EQ("bytes", text);
  EXPECT_EQ(UV_ESPIPE, read(pipe_ends[0], text, 16, 0));
  close(pipe_ends[1]);
  EXPECT_EQ(0, read(pipe_ends[0], text, 16, -1));
}

TEST_F(FsWays, ASocketIsReadAsItIs) {
  int sockets[2];
  ASSERT_EQ(0, test_support::open_nonblocking_sockets(SOCK_STREAM, sockets));
  keep(sockets[0]);
  std::string text;
  EXPECT_EQ(UV_EAGAIN, read(sockets[0], text, 16, -1));
  ASSERT_EQ(5, write(sockets[1], "bytes", 5));
  EXPECT_EQ(5, read(sockets[0], text, 16, -1));
  EXPECT_EQ("bytes", text);
  close(sockets[1]);
  EXPECT_EQ(0, read(sockets[0], text, 16, -1));
}

TEST_F(FsWays, WhatIsNoRegularFileIsRead) {
  std::string text;
  int null = keep(open("/dev/null", O_RDONLY | O_CLOEXEC));
  EXPECT_EQ(0, read(null, text, 16, -1));
  int zero = keep(open("/dev/zero", O_RDONLY | O_CLOEXEC));
  EXPECT_EQ(16, read(zero, text, 16, -1));
  EXPECT_EQ(std::string(16, '\0'), text);
  int directory = keep(open("/", O_RDONLY | O_CLOEXEC));
  EXPECT_EQ(UV_EISDIR, read(directory, text, 16, -1));
  EXPECT_EQ(UV_EISDIR, read(directory, text, 16, 0));
  if (has_process_files()) {
    int of_process = keep(open("/proc/self/stat", O_RDONLY | O_CLOEXEC));
    EXPECT_GT(read(of_process, text, 1024, -1), 0);
    EXPECT_EQ(std::to_string(getpid()), text.substr(0, text.find(' ')));
  }
  EXPECT_EQ(UV_EBADF, read(-1, text, 16, 0));
  int write_only = keep(open("/dev/null", O_WRONLY | O_CLOEXEC));
  EXPECT_EQ(UV_EBADF, read(write_only, text, 16, 0));
}

TEST_F(FsWays, ReadsAreCompleteThoughPartsAreNotInMemory) {
  const std::string whole = pattern(48 * 1024);
  int file = make_file(whole);
  ASSERT_EQ(0, fsync(file));
  for (int64_t offset : {int64_t{-1}, int64_t{0}}) {
    ASSERT_EQ(0, test_support::drop_from_cache(file));
    char first;
    ASSERT_EQ(1, pread(file, &first, 1, 0)) << "which brings the first pages at least";
    // Two small buffers and a large one, which the cached part ends in the middle of.
    std::string text(whole.size() + 100, '\0');
    uv_buf_t buffers[3] = {
        uv_buf_init(text.data(), 10), uv_buf_init(text.data() + 10, 5000),
        uv_buf_init(text.data() + 5010, static_cast<unsigned>(text.size() - 5010))};
    FsCall call;
    ASSERT_EQ(0, lseek(file, 0, SEEK_SET));
    ASSERT_EQ(0, uv_fs_read(&loop_, &call.request, file, buffers, 3, offset, FsCall::count));
    uv_run(&loop_, UV_RUN_DEFAULT);
    ASSERT_EQ(static_cast<ssize_t>(whole.size()), call.request.result);
    text.resize(whole.size());
    EXPECT_EQ(whole, text);
    EXPECT_EQ(offset < 0 ? static_cast<off_t>(whole.size()) : 0, lseek(file, 0, SEEK_CUR));
  }
}

TEST_F(FsWays, ManyUncachedReadsBringTheirOwnBytes) {
  constexpr std::size_t kBlock = 4096, kBlocks = 96;
  const std::string whole = pattern(kBlock * kBlocks);
  int file = make_file(whole);
  ASSERT_EQ(0, fsync(file));
  ASSERT_EQ(0, test_support::drop_from_cache(file));
  std::string text(whole.size(), '\0');
  std::vector<std::unique_ptr<FsCall>> calls;
  for (std::size_t i = 0; i < kBlocks; ++i) {
    std::size_t at = (i * 37 % kBlocks) * kBlock;
    uv_buf_t buffer = uv_buf_init(text.data() + at, kBlock);
    calls.push_back(std::make_unique<FsCall>());
    ASSERT_EQ(0, uv_fs_read(&loop_, &calls.back()->request, file, &buffer, 1,
                            static_cast<int64_t>(at), FsCall::count));
  }
  uv_run(&loop_, UV_RUN_DEFAULT);
  for (const auto& call : calls) {
    EXPECT_EQ(1, call->callbacks);
    EXPECT_EQ(static_cast<ssize_t>(kBlock), call->request.result);
  }
  EXPECT_EQ(whole, text);
}

// More than the completion queue of a ring for files holds.
TEST_F(FsWays, AFloodOfUncachedReadsIsAnswered) {
  constexpr std::size_t kPage = 4096, kPages = 3000;
  const std::string whole = pattern(kPage * kPages);
  int file = make_file(whole);
  ASSERT_EQ(0, fsync(file));
  ASSERT_EQ(0, test_support::drop_from_cache(file));
  ASSERT_EQ(0, test_support::expect_random_reads(file));
  std::string text(kPages, '\0');
  std::vector<FsCall> calls(kPages);
  for (std::size_t i = 0; i < kPages; ++i) {
    uv_buf_t buffer = uv_buf_init(&text[i], 1);
    ASSERT_EQ(0, uv_fs_read(&loop_, &calls[i].request, file, &buffer, 1,
                            static_cast<int64_t>(i * kPage), FsCall::count));
  }
  uv_run(&loop_, UV_RUN_DEFAULT);
  for (std::size_t i = 0; i < kPages; ++i) {
    ASSERT_EQ(1, calls[i].callbacks);
    ASSERT_EQ(1, calls[i].request.result);
    ASSERT_EQ(whole[i * kPage], text[i]);
  }
}

TEST_F(FsWays, ReadsPastThePageCache) {
  if (test_support::kNoWayPastCache != nullptr) GTEST_SKIP() << test_support::kNoWayPastCache;
  constexpr std::size_t kBlock = 4096;
  make_file(pattern(3 * kBlock));
  std::string path = directory_ / "file";
  int file = open(path.c_str(), O_RDONLY | test_support::kPastCache | O_CLOEXEC);
  if (file < 0) GTEST_SKIP() << "this file system has no O_DIRECT";
  keep(file);
  auto bytes = std::unique_ptr<char, void (*)(void*)>(
      static_cast<char*>(std::aligned_alloc(kBlock, 4 * kBlock)), std::free);
  uv_buf_t buffer = uv_buf_init(bytes.get(), 4 * kBlock);
  FsCall call;
  ASSERT_EQ(0, uv_fs_read(&loop_, &call.request, file, &buffer, 1, 0, FsCall::count));
  uv_run(&loop_, UV_RUN_DEFAULT);
  ASSERT_EQ(static_cast<ssize_t>(3 * kBlock), call.request.result);
  EXPECT_EQ(pattern(3 * kBlock), std::string(bytes.get(), 3 * kBlock));
}

TEST_F(FsWays, TheEndOfAFileIsTheEnd) {
  int file = make_file("0123456789");
  std::string text;
  EXPECT_EQ(4, read(file, text, 100, 6));
  EXPECT_EQ("6789", text);
  EXPECT_EQ(0, read(file, text, 100, 10));
  EXPECT_EQ(0, read(file, text, 100, 1000));
  EXPECT_EQ(10, read(file, text, 100, -1));
  EXPECT_EQ(0, read(file, text, 100, -1));
  EXPECT_EQ(0, read(file, text, 0, 0));
  EXPECT_EQ(0, read(file, text, 0, -1));
}

TEST_F(FsWays, AFileOpenedForAppendingIsReadFromItsPosition) {
  int file = make_file("0123456789", O_APPEND);
  ASSERT_EQ(0, lseek(file, 0, SEEK_SET));
  std::string text;
  EXPECT_EQ(4, read(file, text, 4, -1));
  EXPECT_EQ("0123", text);
  uv_buf_t more = uv_buf_init(const_cast<char*>("abc"), 3);
  FsCall call;
  ASSERT_EQ(0, uv_fs_write(&loop_, &call.request, file, &more, 1, -1, FsCall::count));
  uv_run(&loop_, UV_RUN_DEFAULT);
  EXPECT_EQ(3, call.request.result);
  EXPECT_EQ(0, read(file, text, 100, -1));
  EXPECT_EQ(9, read(file, text, 100, 4));
  EXPECT_EQ("456789abc", text);
}

TEST_F(FsWays, MoreBuffersThanOneCallTakes) {
  constexpr unsigned kCount = 1500;
  int file = make_file(pattern(kCount));
  std::string text(kCount, '\0');
  std::vector<uv_buf_t> buffers;
  for (char& byte : text)
    buffers.push_back(uv_buf_init(&byte, 1));
  FsCall call;
  ASSERT_EQ(0, uv_fs_read(&loop_, &call.request, file, buffers.data(), kCount, 0, FsCall::count));
  buffers.assign(buffers.size(), uv_buf_t{});
  uv_run(&loop_, UV_RUN_DEFAULT);
  ASSERT_GT(call.request.result, 0);
  ASSERT_LE(call.request.result, static_cast<ssize_t>(kCount));
  std::size_t count = static_cast<std::size_t>(call.request.result);
  EXPECT_EQ(pattern(count), text.substr(0, count));
}

// Reads that start the next in their callbacks, and are always answered at once.
TEST_F(FsWays, AChainOfReadsShutsNobodyOut) {
  struct Chain {
    uv_fs_t request;
    uv_check_t check;
    int file;
    int reads, checks;
    char byte;

    void next(uv_loop_t* loop) {
      uv_buf_t buffer = uv_buf_init(&byte, 1);
      request.data = this;
      EXPECT_EQ(0, uv_fs_read(loop, &request, file, &buffer, 1, 0, on_read));
    }
    static void on_read(uv_fs_t* done) {
      Chain& chain = *static_cast<Chain*>(done->data);
      uv_loop_t* loop = done->loop;
      EXPECT_EQ(1, done->result);
      uv_fs_req_cleanup(done);
      ++chain.reads;
      if (chain.checks < 20) chain.next(loop);
    }
  };
  Chain chain = {};
  chain.file = make_file("x");
  chain.check.data = &chain;
  ASSERT_EQ(0, uv_check_init(&loop_, &chain.check));
  uv_check_start(&chain.check, [](uv_check_t* check) {
    if (++static_cast<Chain*>(check->data)->checks == 20)
      uv_close(reinterpret_cast<uv_handle_t*>(check), nullptr);
  });
  chain.next(&loop_);
  uv_run(&loop_, UV_RUN_DEFAULT);
  EXPECT_EQ(20, chain.checks);
  EXPECT_GT(chain.reads, 0);
  EXPECT_LE(chain.reads, 21) << "one in each iteration";
}

// An embedder waits on the loop's descriptor instead of in uv_run().
TEST_F(FsWays, TheBackendDescriptorTellsOfTheOutcome) {
  int file = make_file("x");
  for (int round = 0; round < 3; ++round) {
    char byte = 0;
    uv_buf_t buffer = uv_buf_init(&byte, 1);
    FsCall call;
    ASSERT_EQ(0, uv_fs_read(&loop_, &call.request, file, &buffer, 1, 0, FsCall::count));
    uv_run(&loop_, UV_RUN_NOWAIT);
    while (call.callbacks == 0) {
      pollfd descriptor = {uv_backend_fd(&loop_), POLLIN, 0};
      ASSERT_EQ(1, poll(&descriptor, 1, -1));
      uv_run(&loop_, UV_RUN_NOWAIT);
    }
    EXPECT_EQ('x', byte);
  }
}

TEST_F(FsWays, ALoopWithAnAnswerUnderWayIsBusy) {
  int file = make_file("x");
  char byte = 0;
  uv_buf_t buffer = uv_buf_init(&byte, 1);
  FsCall call;
  ASSERT_EQ(0, uv_fs_read(&loop_, &call.request, file, &buffer, 1, 0, FsCall::count));
  EXPECT_EQ(1, uv_loop_alive(&loop_));
  EXPECT_EQ(UV_EBUSY, uv_loop_close(&loop_));
  uv_stop(&loop_);
  uv_run(&loop_, UV_RUN_DEFAULT);
  EXPECT_EQ(0, call.callbacks) << "a loop that is stopped before it runs does nothing";
  uv_run(&loop_, UV_RUN_DEFAULT);
  EXPECT_EQ(1, call.callbacks);
}

}  // namespace
}  // namespace conformance

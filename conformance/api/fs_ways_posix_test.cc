// The ways of file operations as POSIX systems have them: caches that can be asked, files that are
// no regular ones, descriptors that an embedder waits for, and loops that are forked.
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <vector>

#include "busy_pool.h"
#include "fs_ways_fixture.h"
#include "own_process.h"
#include "platform.h"
#include "support.h"
#include "system.h"

namespace conformance {
namespace {

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
  // The path of a file whose file system the library knows by now.
  std::string make_known_file() {
    make_file("text");
    std::string path = directory_ / "file";
    FsCall stat;
    EXPECT_EQ(0, uv_fs_stat(&loop_, &stat.request, path.c_str(), FsCall::count));
    uv_run(&loop_, UV_RUN_DEFAULT);
    return path;
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
  const std::string path = make_known_file();
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
  const std::string path = make_known_file();
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
  const std::string path = make_known_file();
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

TEST_F(FsWays, NamesThatLeadNowhereHaveTheirErrors) {
  const std::string loop = directory_ / "loop";
  ASSERT_EQ(0, symlink(loop.c_str(), loop.c_str()));
  for (int round = 0; round < 2; ++round) {
    expect_error(UV_ELOOP, loop);
    expect_error(UV_ENAMETOOLONG, directory_ / std::string(300, 'x'));
  }
  // The kernel looks at the mode first.
  FsCall mode, link;
  ASSERT_EQ(0, uv_fs_access(&loop_, &mode.request, (directory_ / "missing").c_str(), 0xff,
                            FsCall::count));
  ASSERT_EQ(0, uv_fs_lstat(&loop_, &link.request, loop.c_str(), FsCall::count));
  uv_run(&loop_, UV_RUN_DEFAULT);
  EXPECT_EQ(UV_EINVAL, mode.request.result);
  EXPECT_EQ(0, link.request.result);
  EXPECT_TRUE(S_ISLNK(link.request.statbuf.st_mode));
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

TEST_F(FsMoves, AChildLeavesTheParentsReadsAlone) {
  begin();
  EXPECT_EQ(0, in_own_process([&] {
              // What is under way in the parent's pool never ends here, so the loop is not run to
              // its end.
              bool forked = uv_loop_fork(&loop_) == 0;
              uv_run(&loop_, UV_RUN_NOWAIT);
              return forked ? 0 : 1;
            }));
}

}  // namespace
}  // namespace conformance

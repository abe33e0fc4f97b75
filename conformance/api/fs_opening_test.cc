// Opening and closing files in the background: whichever way is taken, the descriptor is the one
// that open(2) alone would have given, and what has to be waited for holds up nobody.
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>

#include "busy_pool.h"
#include "fs_support.h"
#include "platform.h"
#include "support.h"

namespace conformance {
namespace {

class FsOpening : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(0, uv_loop_init(&loop_));
    path_ = directory_ / "file";
    ::close(::open(path_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
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

  static bool is_open(ssize_t file) { return fcntl(static_cast<int>(file), F_GETFD) >= 0; }

  // Goes round with something under way; false if it ended.
  bool is_held_up(const FsCall& call) {
    for (int round = 0; round < 20; ++round) {
      uv_run(&loop_, UV_RUN_NOWAIT);
      uv_sleep(1);
    }
    return call.callbacks == 0;
  }

  uv_loop_t loop_;
  TemporaryDirectory directory_;
  std::string path_;
};

// The second time the file system is known, and the name is in memory.
TEST_F(FsOpening, GivesWhatOpeningAloneWouldGive) {
  for (int flags : {O_RDONLY, O_RDONLY | O_NONBLOCK, O_RDONLY | O_NOFOLLOW, O_RDONLY | O_APPEND,
                    O_RDONLY | O_SYNC, O_RDWR, O_WRONLY}) {
    const int alone = ::open(path_.c_str(), flags | O_CLOEXEC);
    ASSERT_GE(alone, 0);
    const int status_flags = fcntl(alone, F_GETFL);
    const int descriptor_flags = fcntl(alone, F_GETFD);
    ::close(alone);
    for (int round = 0; round < 3; ++round) {
      const int file = static_cast<int>(open_file(path_, flags));
      EXPECT_EQ(alone, file) << flags;
      EXPECT_EQ(status_flags, fcntl(file, F_GETFL)) << flags;
      EXPECT_EQ(descriptor_flags, fcntl(file, F_GETFD)) << flags;
      EXPECT_EQ(0, close_file(file));
      EXPECT_FALSE(is_open(file));
      EXPECT_EQ(UV_EBADF, close_file(file));
    }
  }
}

TEST_F(FsOpening, TakesAFreeNumberBetweenOthers) {
  int files[3];
  for (int& file : files)
    file = static_cast<int>(open_file(path_, O_RDONLY));
  EXPECT_EQ(0, close_file(files[1]));
  EXPECT_EQ(files[1], open_file(path_, O_RDONLY));
  for (int file : files)
    EXPECT_EQ(0, close_file(file));
}

TEST_F(FsOpening, TellsWhatIsWrongWithTheName) {
  const std::string link = directory_ / "link";
  ASSERT_EQ(0, symlink(path_.c_str(), link.c_str()));
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(UV_ENOENT, open_file(directory_ / "missing", O_RDONLY));
    EXPECT_EQ(UV_ENOTDIR, open_file(path_ + "/below", O_RDONLY));
    EXPECT_EQ(UV_ENOTDIR, open_file(path_, O_RDONLY | O_DIRECTORY));
    EXPECT_TRUE(is_unfollowed_link(open_file(link, O_RDONLY | O_NOFOLLOW)));
    EXPECT_EQ(UV_EISDIR, open_file(directory_.path(), O_RDWR));
    const ssize_t file = open_file(link, O_RDONLY);
    EXPECT_GE(file, 0);
    EXPECT_EQ(0, close_file(file));
    const ssize_t folder = open_file(directory_.path(), O_RDONLY);
    EXPECT_GE(folder, 0);
    EXPECT_EQ(0, close_file(folder));
  }
}

TEST_F(FsOpening, ASecretFileIsRefused) {
  if (geteuid() == 0) GTEST_SKIP() << "root may read it";
  ASSERT_EQ(0, chmod(path_.c_str(), 0));
  for (int round = 0; round < 2; ++round)
    EXPECT_EQ(UV_EACCES, open_file(path_, O_RDONLY));
}

TEST_F(FsOpening, OfAFileWithoutANameClosesIt) {
  EXPECT_EQ(0, close_file(open_file(path_, O_RDONLY)));
  const ssize_t file = open_file(path_, O_RDONLY);
  ASSERT_EQ(0, unlink(path_.c_str()));
  EXPECT_EQ(0, close_file(file));
  EXPECT_FALSE(is_open(file));
}

TEST_F(FsOpening, OfAFifoWaitsForTheOtherEnd) {
  const std::string fifo = directory_ / "fifo";
  ASSERT_EQ(0, mkfifo(fifo.c_str(), 0600));
  close_file(open_file(path_, O_RDONLY));
  FsCall call;
  ASSERT_EQ(0, uv_fs_open(&loop_, &call.request, fifo.c_str(), O_RDONLY, 0, FsCall::count));
  EXPECT_TRUE(is_held_up(call));
  const int writer = ::open(fifo.c_str(), O_WRONLY | O_CLOEXEC);
  uv_run(&loop_, UV_RUN_DEFAULT);
  ASSERT_GE(call.request.result, 0);
  EXPECT_EQ(0, fcntl(static_cast<int>(call.request.result), F_GETFL) & O_NONBLOCK);
  EXPECT_EQ(0, close_file(call.request.result));
  ::close(writer);
}

// What is read lies far beyond what the loop's own thread would read at once.
TEST_F(FsOpening, ClosingStandsBehindAReadOfTheFile) {
  ASSERT_EQ(0, truncate(path_.c_str(), 1 << 20));
  close_file(open_file(path_, O_RDONLY));
  const int file = static_cast<int>(open_file(path_, O_RDONLY));
  std::string text(1 << 20, 'x');
  uv_buf_t buffer = uv_buf_init(text.data(), static_cast<unsigned>(text.size()));
  BusyPool pool(&loop_);
  FsCall reading, closing;
  ASSERT_EQ(0, uv_fs_read(&loop_, &reading.request, file, &buffer, 1, 0, FsCall::count));
  ASSERT_EQ(0, uv_fs_close(&loop_, &closing.request, file, FsCall::count));
  pool.let_one_go();
  while (closing.callbacks == 0)
    uv_run(&loop_, UV_RUN_ONCE);
  EXPECT_EQ(1, reading.callbacks);
  EXPECT_EQ(1 << 20, reading.request.result);
  EXPECT_EQ(0, closing.request.result);
  pool.let_go();
  uv_run(&loop_, UV_RUN_DEFAULT);
}

#ifdef F_SETLEASE
// The kernel asks whoever has the lease to give it up, and lets nobody in before.
TEST_F(FsOpening, OfALeasedFileWaitsForTheLease) {
  close_file(open_file(path_, O_RDONLY));
  const int owner = ::open(path_.c_str(), O_RDWR | O_CLOEXEC);
  const auto before = signal(SIGIO, SIG_IGN);
  if (fcntl(owner, F_SETLEASE, F_WRLCK) == 0) {
    FsCall call;
    ASSERT_EQ(0, uv_fs_open(&loop_, &call.request, path_.c_str(), O_RDONLY, 0, FsCall::count));
    EXPECT_TRUE(is_held_up(call));
    EXPECT_EQ(0, fcntl(owner, F_SETLEASE, F_UNLCK));
    uv_run(&loop_, UV_RUN_DEFAULT);
    ASSERT_GE(call.request.result, 0);
    EXPECT_EQ(0, close_file(call.request.result));
  }
  ::close(owner);
  signal(SIGIO, before);
}
#endif

}  // namespace
}  // namespace conformance

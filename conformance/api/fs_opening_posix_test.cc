// Opening files in the background as open(2) does: its flags, and what it waits for.
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>

#include "fs_opening_fixture.h"
#include "platform.h"

namespace conformance {
namespace {

class FsOpeningWaits : public FsOpening {
 protected:
  // Goes round with something under way; false if it ended.
  bool is_held_up(const FsCall& call) {
    for (int round = 0; round < 20; ++round) {
      uv_run(&loop_, UV_RUN_NOWAIT);
      uv_sleep(1);
    }
    return call.callbacks == 0;
  }
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

TEST_F(FsOpening, TellsWhatItsFlagsForbid) {
  const std::string link = directory_ / "link";
  ASSERT_EQ(0, symlink(path_.c_str(), link.c_str()));
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(UV_ENOTDIR, open_file(path_, O_RDONLY | O_DIRECTORY));
    EXPECT_EQ(UV_EISDIR, open_file(directory_.path(), O_RDWR));
    EXPECT_TRUE(is_unfollowed_link(open_file(link, O_RDONLY | O_NOFOLLOW)));
    const ssize_t file = open_file(link, O_RDONLY);
    EXPECT_GE(file, 0);
    EXPECT_EQ(0, close_file(file));
  }
}

TEST_F(FsOpening, ASecretFileIsRefused) {
  if (geteuid() == 0) GTEST_SKIP() << "root may read it";
  ASSERT_EQ(0, chmod(path_.c_str(), 0));
  for (int round = 0; round < 2; ++round)
    EXPECT_EQ(UV_EACCES, open_file(path_, O_RDONLY));
}

TEST_F(FsOpeningWaits, ForTheOtherEndOfAFifo) {
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

#ifdef F_SETLEASE
// The kernel asks whoever has the lease to give it up, and lets nobody in before.
TEST_F(FsOpeningWaits, ForTheLeaseOfAFile) {
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

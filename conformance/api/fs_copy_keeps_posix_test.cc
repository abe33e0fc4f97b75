// What a copy keeps of its source, and what a copy that fails leaves of its target.
#include <fcntl.h>
#include <grp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <thread>

#include "fs_support.h"
#include "own_process.h"
#include "support.h"
#include "system.h"

namespace conformance {
namespace {

constexpr mode_t kAnyone = 0666;

class FsCopyKeeps : public FsFixture {
 protected:
  // libuv 1.44 keeps neither owner nor times, and removes the target whatever it was.
  void SetUp() override {
    FsFixture::SetUp();
    write_file(from_, "some text");
  }
  ssize_t copy(const std::string& from, const std::string& to, int flags = 0) {
    return run([&](uv_loop_t* loop, uv_fs_t* request, uv_fs_cb callback) {
      return uv_fs_copyfile(loop, request, from.c_str(), to.c_str(), flags, callback);
    });
  }
  struct stat status_of(const std::string& path) {
    struct stat status = {};
    EXPECT_EQ(0, ::lstat(path.c_str(), &status)) << path;
    return status;
  }
  bool exists(const std::string& path) {
    struct stat status;
    return ::lstat(path.c_str(), &status) == 0;
  }
  // A forced clone that this file system refuses, whatever it says then.
  bool refuses_clones() {
    const std::string probe = directory_ / "probe";
    return copy(from_, probe, UV_FS_COPYFILE_FICLONE_FORCE) < 0;
  }

  std::string from_ = directory_ / "from";
  std::string to_ = directory_ / "to";
};
FOR_BOTH_MODES(FsCopyKeeps);

#define SKIP_ON_OLD_LIBUV() \
  if (!is_at_least(1, 45)) GTEST_SKIP() << "libuv 1.44 does it otherwise"

void set_times(const std::string& path) {
  const timespec times[2] = {{1000000000, 123456789}, {1234567890, 987654321}};
  ASSERT_EQ(0, ::utimensat(AT_FDCWD, path.c_str(), times, 0));
}

void expect_same_times(const struct stat& a, const struct stat& b) {
  EXPECT_EQ(test_support::modified(a).tv_sec, test_support::modified(b).tv_sec);
  EXPECT_EQ(test_support::modified(a).tv_nsec, test_support::modified(b).tv_nsec);
  EXPECT_EQ(test_support::accessed(a).tv_sec, test_support::accessed(b).tv_sec);
  EXPECT_EQ(test_support::accessed(a).tv_nsec, test_support::accessed(b).tv_nsec);
}

TEST_P(FsCopyKeeps, Times) {
  SKIP_ON_OLD_LIBUV();
  set_times(from_);
  const struct stat source = status_of(from_);
  ASSERT_EQ(0, copy(from_, to_));
  expect_same_times(source, status_of(to_));
  write_file(to_, "an older and longer text");
  ASSERT_EQ(0, copy(from_, to_));
  EXPECT_EQ(test_support::modified(source).tv_nsec, test_support::modified(status_of(to_)).tv_nsec);
}

TEST_P(FsCopyKeeps, TimesOfAnEmptyFileAndOfAClone) {
  SKIP_ON_OLD_LIBUV();
  write_file(from_, "");
  set_times(from_);
  const struct stat source = status_of(from_);
  ASSERT_EQ(0, copy(from_, to_, UV_FS_COPYFILE_FICLONE));
  expect_same_times(source, status_of(to_));
}

TEST_P(FsCopyKeeps, ModeWhateverTheMask) {
  const mode_t mask = ::umask(077);
  EXPECT_EQ(0, ::chmod(from_.c_str(), 0754));
  EXPECT_EQ(0, copy(from_, to_));
  ::umask(mask);
  EXPECT_EQ(0754u, status_of(to_).st_mode & 07777);
  EXPECT_EQ(0, ::chmod(from_.c_str(), 0400));
  EXPECT_EQ(0, copy(from_, directory_ / "read-only"));
  EXPECT_EQ(0400u, status_of(directory_ / "read-only").st_mode & 07777);
}

TEST_P(FsCopyKeeps, Owner) {
  SKIP_ON_OLD_LIBUV();
  if (::geteuid() != 0) GTEST_SKIP() << "only root gives files away";
  ASSERT_EQ(0, ::chown(from_.c_str(), 12345, 23456));
  ASSERT_EQ(0, ::chmod(from_.c_str(), 06755));
  ASSERT_EQ(0, copy(from_, to_));
  EXPECT_EQ(12345u, status_of(to_).st_uid);
  EXPECT_EQ(23456u, status_of(to_).st_gid);
  EXPECT_EQ(06755u, status_of(to_).st_mode & 07777) << "set after the owner, which takes bits";
}

// As another user, in a process of its own: threads of the pool would keep the old rights.
int copy_as(uid_t user, const std::string& from, const std::string& to) {
  return in_own_process([&] {
    uv_fs_t request;
    // A group that the process is in besides could be kept: on the BSDs files have their folder's.
    if (::setgroups(0, nullptr) != 0 || ::setgid(user) != 0 || ::setuid(user) != 0) return 1;
    return uv_fs_copyfile(nullptr, &request, from.c_str(), to.c_str(), 0, nullptr) == 0 ? 0 : 2;
  });
}

TEST_P(FsCopyKeeps, ForeignOwnersAreNotKeptAndLendNoRights) {
  SKIP_ON_OLD_LIBUV();
  if (::geteuid() != 0) GTEST_SKIP() << "cannot become another user";
  ASSERT_EQ(0, ::chmod(from_.c_str(), 06755));
  ASSERT_EQ(0, ::chmod(directory_.path().c_str(), 0777));
  set_times(from_);
  ASSERT_EQ(0, copy_as(12345, from_, to_));
  EXPECT_EQ(12345u, status_of(to_).st_uid);
  EXPECT_EQ(0755u, status_of(to_).st_mode & 07777);
  EXPECT_EQ(1234567890, test_support::modified(status_of(to_)).tv_sec);
}

TEST_P(FsCopyKeeps, DevicesStay) {
  SKIP_ON_OLD_LIBUV();
  if (::mknod(to_.c_str(), S_IFCHR | kAnyone, makedev(1, 3)) != 0) {
    GTEST_SKIP() << "no right to make a device";
  }
  const struct stat before = status_of(to_);
  for (int flags : {0, UV_FS_COPYFILE_FICLONE, UV_FS_COPYFILE_FICLONE_FORCE}) {
    EXPECT_EQ(UV_EINVAL, copy(from_, to_, flags)) << flags;
    ASSERT_TRUE(exists(to_)) << flags;
  }
  EXPECT_EQ(UV_EEXIST, copy(from_, to_, UV_FS_COPYFILE_EXCL));
  const struct stat after = status_of(to_);
  EXPECT_TRUE(S_ISCHR(after.st_mode));
  EXPECT_EQ(before.st_ino, after.st_ino);
  EXPECT_EQ(before.st_mode, after.st_mode);
  EXPECT_EQ(test_support::modified(before).tv_nsec, test_support::modified(after).tv_nsec);
}

// Nobody reads it: opening it would wait for ever.
TEST_P(FsCopyKeeps, FifosStayAndAreNotWaitedFor) {
  SKIP_ON_OLD_LIBUV();
  ASSERT_EQ(0, ::mkfifo(to_.c_str(), kAnyone));
  EXPECT_EQ(UV_EINVAL, copy(from_, to_));
  EXPECT_TRUE(S_ISFIFO(status_of(to_).st_mode));
  ASSERT_EQ(0, ::symlink("to", (directory_ / "link").c_str()));
  EXPECT_EQ(UV_EINVAL, copy(from_, directory_ / "link"));
  EXPECT_TRUE(S_ISFIFO(status_of(to_).st_mode));
  EXPECT_TRUE(S_ISLNK(status_of(directory_ / "link").st_mode));
}

TEST_P(FsCopyKeeps, WhatItMadeIsRemovedWhenItFails) {
  SKIP_ON_OLD_LIBUV();
  if (!refuses_clones()) GTEST_SKIP() << "this file system shares blocks";
  EXPECT_LT(copy(from_, to_, UV_FS_COPYFILE_FICLONE_FORCE), 0);
  EXPECT_FALSE(exists(to_));
  // Made where a symbolic link leads; the link was there before.
  ASSERT_EQ(0, ::symlink("to", (directory_ / "link").c_str()));
  EXPECT_LT(copy(from_, directory_ / "link", UV_FS_COPYFILE_FICLONE_FORCE), 0);
  EXPECT_TRUE(exists(directory_ / "link"));
  EXPECT_FALSE(exists(to_));
}

TEST_P(FsCopyKeeps, AnExistingFileThatADirectoryIsCopiedOnto) {
  SKIP_ON_OLD_LIBUV();
  ASSERT_EQ(0, ::mkdir((directory_ / "folder").c_str(), 0700));
  write_file(to_, "was here before");
  EXPECT_EQ(UV_EISDIR, copy(directory_ / "folder", to_));
  EXPECT_EQ(UV_EISDIR, copy(directory_ / "folder", directory_ / "new"));
  EXPECT_EQ("was here before", read_file(to_));
  EXPECT_FALSE(exists(directory_ / "new"));
}

// With the errors that the installed libuv has, which opens the target before it looks at the kind
// of the source.
TEST_P(FsCopyKeeps, WhatIsWrongWithTheTargetOfADirectoryIsToldFirst) {
  const std::string folder = directory_ / "folder";
  const std::string loop = directory_ / "loop";
  ASSERT_EQ(0, ::mkdir(folder.c_str(), 0700));
  ASSERT_EQ(0, ::symlink("loop", loop.c_str()));
  EXPECT_EQ(UV_ELOOP, copy(folder, loop));
  EXPECT_EQ(UV_EEXIST, copy(folder, loop, UV_FS_COPYFILE_EXCL));
  EXPECT_EQ(UV_EEXIST, copy(folder, folder, UV_FS_COPYFILE_EXCL));
  EXPECT_EQ(UV_ENOENT, copy(folder, directory_ / "absent/to"));
}

TEST_P(FsCopyKeeps, LinksAsTargetsAreFollowed) {
  ASSERT_EQ(0, ::symlink("other", to_.c_str()));
  EXPECT_EQ(0, copy(from_, to_));
  EXPECT_TRUE(S_ISLNK(status_of(to_).st_mode));
  EXPECT_EQ("some text", read_file(directory_ / "other"));
  if (!is_at_least(1, 45)) return;
  ASSERT_EQ(0, ::unlink((directory_ / "other").c_str()));
  EXPECT_EQ(UV_EEXIST, copy(from_, to_, UV_FS_COPYFILE_EXCL));
  EXPECT_FALSE(exists(directory_ / "other"));
}

TEST_P(FsCopyKeeps, TheFileItselfUnderEachOfItsNames) {
  set_times(from_);
  const std::string hard = directory_ / "hard";
  ASSERT_EQ(0, ::link(from_.c_str(), hard.c_str()));
  for (int flags : {0, UV_FS_COPYFILE_FICLONE, UV_FS_COPYFILE_FICLONE_FORCE}) {
    EXPECT_EQ(0, copy(from_, hard, flags));
  }
  EXPECT_EQ(1234567890, test_support::modified(status_of(from_)).tv_sec);
  EXPECT_EQ("some text", read_file(hard));
}

TEST_P(FsCopyKeeps, AFifoIsReadToItsEnd) {
  SKIP_ON_OLD_LIBUV();
  const std::string fifo = directory_ / "fifo";
  ASSERT_EQ(0, ::mkfifo(fifo.c_str(), 0640));
  std::thread writer([&] {
    const int file = ::open(fifo.c_str(), O_WRONLY);
    EXPECT_EQ(4, ::write(file, "text", 4));
    ::close(file);
  });
  EXPECT_EQ(0, copy(fifo, to_));
  writer.join();
  EXPECT_EQ("text", read_file(to_));
  EXPECT_TRUE(S_ISREG(status_of(to_).st_mode));
}

}  // namespace
}  // namespace conformance

// Copying: uv_fs_copyfile() and uv_fs_sendfile().
#include <unistd.h>

#include "fs_copy_fixture.h"
#include "support.h"

namespace conformance {
namespace {

FOR_BOTH_MODES(FsCopy);

TEST_P(FsCopy, CopiesTheEmptyFile) {
  write_file(from_, "");
  write_file(to_, "longer");
  EXPECT_EQ(0, copy(from_, to_));
  EXPECT_EQ("", read_file(to_));
}

TEST_P(FsCopy, CopiesLargeFiles) {
  std::string text;
  for (long i = 0; i < 300000; ++i)
    text += std::to_string(i * 7919);
  write_file(from_, text);
  EXPECT_EQ(0, copy(from_, to_));
  EXPECT_TRUE(text == read_file(to_));
}

TEST_P(FsCopy, DoesNotReplaceWithExcl) {
  write_file(from_, "new");
  write_file(to_, "old");
  EXPECT_EQ(UV_EEXIST, copy(from_, to_, UV_FS_COPYFILE_EXCL));
  EXPECT_EQ("old", read_file(to_));
  EXPECT_EQ(0, copy(from_, directory_ / "third", UV_FS_COPYFILE_EXCL));
  EXPECT_EQ("new", read_file(directory_ / "third"));
}

TEST_P(FsCopy, SharesBlocksOrNot) {
  write_file(from_, "text");
  EXPECT_EQ(0, copy(from_, to_, UV_FS_COPYFILE_FICLONE));
  EXPECT_EQ("text", read_file(to_));
  std::string third = directory_ / "third";
  ssize_t result = copy(from_, third, UV_FS_COPYFILE_FICLONE_FORCE);
  if (result == 0) {
    EXPECT_EQ("text", read_file(third));
  } else {
    EXPECT_TRUE(result == UV_ENOTSUP || result == UV_ENOSYS || result == UV_ENOTTY ||
                result == UV_EINVAL || result == UV_EXDEV)
        << result;
    EXPECT_FALSE(exists(third)) << "what could not be copied is removed";
  }
}

TEST_P(FsCopy, SendsAPart) {
  write_file(from_, "0123456789");
  uv_file in = open(from_, UV_FS_O_RDONLY);
  uv_file out = open(to_, UV_FS_O_RDWR | UV_FS_O_CREAT);
  EXPECT_EQ(4, send(out, in, 2, 4));
  EXPECT_EQ(3, send(out, in, 7, 100)) << "up to the end";
  EXPECT_EQ(0, send(out, in, 10, 100));
  EXPECT_EQ("2345789", read(out, 100, 0));
  EXPECT_EQ(0, lseek(in, 0, SEEK_CUR)) << "the source's position stays";
  close(in);
  close(out);
}

TEST_P(FsCopy, SendsWhereTheKernelDoesNot) {
  if (!is_at_least(1, 45)) GTEST_SKIP() << "1.44.2 gives up with UV_EBADF";
  std::string text(100001, 'x');
  text.back() = 'y';
  write_file(from_, text);
  write_file(to_, "begin:");
  uv_file in = open(from_, UV_FS_O_RDONLY);
  uv_file out = open(to_, UV_FS_O_WRONLY | UV_FS_O_APPEND);
  EXPECT_EQ(100001, send(out, in, 0, 200000)) << "sendfile(2) refuses O_APPEND";
  close(in);
  close(out);
  EXPECT_TRUE("begin:" + std::string(100000, 'x') + "y" == read_file(to_));
}

TEST_P(FsCopy, LeavesAnExistingFileWhoseCloneIsRefused) {
  if (!is_at_least(1, 45)) GTEST_SKIP() << "libuv 1.44 removes it";
  write_file(from_, "some text");
  if (copy(from_, directory_ / "probe", UV_FS_COPYFILE_FICLONE_FORCE) == 0) {
    GTEST_SKIP() << "this file system shares blocks";
  }
  write_file(to_, "was here before");
  const uv_stat_t before = stat(to_);
  EXPECT_LT(copy(from_, to_, UV_FS_COPYFILE_FICLONE_FORCE), 0);
  EXPECT_EQ(before.st_ino, stat(to_).st_ino);
  EXPECT_EQ("was here before", read_file(to_));
}

}  // namespace
}  // namespace conformance

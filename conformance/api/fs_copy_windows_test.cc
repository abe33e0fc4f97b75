// Copying on Windows.
#include "fs_copy_fixture.h"
#include "support.h"

namespace conformance {
namespace {

TEST_P(FsCopy, KeepsTheTimeAndTheReadOnlyAttribute) {
  write_file(from_, "text");
  uv_fs_t request;
  ASSERT_EQ(0, uv_fs_utime(nullptr, &request, from_.c_str(), 1000, 2000, nullptr));
  ASSERT_EQ(0, uv_fs_chmod(nullptr, &request, from_.c_str(), 0444, nullptr));
  EXPECT_EQ(0, copy(from_, to_));
  EXPECT_EQ(2000, stat(to_).st_mtim.tv_sec);
  EXPECT_EQ(0444u, stat(to_).st_mode & 0777);
}

TEST_P(FsCopy, LeavesAFileCopiedToItselfAlone) {
  write_file(from_, "text");
  uv_fs_t request;
  ASSERT_EQ(0, uv_fs_link(nullptr, &request, from_.c_str(), to_.c_str(), nullptr));
  EXPECT_EQ(0, copy(from_, from_));
  EXPECT_EQ(0, copy(from_, to_));
  EXPECT_EQ(UV_EEXIST, copy(from_, from_, UV_FS_COPYFILE_EXCL));
  EXPECT_EQ("text", read_file(from_));
}

TEST_P(FsCopy, TellsWhyItCannot) {
  EXPECT_EQ(UV_ENOENT, copy(directory_ / "missing", to_));
  EXPECT_FALSE(exists(to_));
  write_file(from_, "text");
  EXPECT_EQ(UV_ENOENT, copy(from_, directory_ / "missing/to"));
  EXPECT_EQ(UV_EPERM, copy(from_, directory_.path())) << "a directory is no target";
  EXPECT_EQ(UV_EPERM, copy(directory_.path(), to_)) << "and no source";
  EXPECT_FALSE(exists(to_));
  EXPECT_EQ(UV_ENOSYS, copy(from_, to_, UV_FS_COPYFILE_FICLONE_FORCE));
}

TEST_P(FsCopy, TellsWhyItCannotSend) {
  write_file(from_, "text");
  uv_file in = open(from_, UV_FS_O_RDONLY);
  EXPECT_EQ(UV_EBADF, send(-1, in, 0, 4));
  EXPECT_EQ(UV_EBADF, send(in, -1, 0, 4));
  EXPECT_EQ(UV_EPERM, send(in, in, 0, 4));
  close(in);
}

}  // namespace
}  // namespace conformance

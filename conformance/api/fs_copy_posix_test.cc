// Copying: modes, holes, pipes and devices.
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <thread>

#include "fs_copy_fixture.h"
#include "platform.h"
#include "support.h"

namespace conformance {
namespace {

// Fills a pipe whose writing end does not block.
std::size_t fill(int pipe) {
  const std::string text(4096, 'f');
  std::size_t size = 0;
  for (;;) {
    ssize_t written = ::write(pipe, text.data(), text.size());
    if (written < 0) return size;
    size += static_cast<std::size_t>(written);
  }
}

std::size_t read_to_end(int file) {
  char bytes[4096];
  std::size_t size = 0;
  for (ssize_t got; (got = ::read(file, bytes, sizeof(bytes))) > 0;)
    size += static_cast<std::size_t>(got);
  return size;
}

TEST_P(FsCopy, CopiesContentsAndMode) {
  write_file(from_, "some text", 0751);
  ASSERT_EQ(0, ::chmod(from_.c_str(), 0751));
  EXPECT_EQ(0, copy(from_, to_));
  EXPECT_EQ("some text", read_file(to_));
  EXPECT_EQ(0751u, stat(to_).st_mode & 0777);
}

TEST_P(FsCopy, ReplacesALongerFileAndItsMode) {
  write_file(from_, "short");
  write_file(to_, "much longer");
  ASSERT_EQ(0, ::chmod(from_.c_str(), 0600));
  ASSERT_EQ(0, ::chmod(to_.c_str(), 0666));
  EXPECT_EQ(0, copy(from_, to_));
  EXPECT_EQ("short", read_file(to_));
  EXPECT_EQ(0600u, stat(to_).st_mode & 0777);
}

TEST_P(FsCopy, CopiesSparseFiles) {
  constexpr int64_t kSize = 64 << 20;
  uv_file file = open(from_, UV_FS_O_RDWR | UV_FS_O_CREAT);
  EXPECT_EQ(3, write(file, "end", kSize - 3));
  close(file);
  EXPECT_EQ(0, copy(from_, to_));
  EXPECT_EQ(static_cast<uint64_t>(kSize), stat(to_).st_size);
  file = open(to_, UV_FS_O_RDONLY);
  EXPECT_EQ(std::string(3, '\0') + "end", read(file, 6, kSize - 6));
  close(file);
}

TEST_P(FsCopy, HolesStayHoles) {
  if (!is_at_least(1, 52)) GTEST_SKIP() << "libuv 1.44 leaves it to the kernel";
  constexpr int64_t kSize = 64 << 20;
  constexpr uint64_t kFewBlocks = (1 << 20) / 512;
  uv_file file = open(from_, UV_FS_O_RDWR | UV_FS_O_CREAT);
  EXPECT_EQ(5, write(file, "begin", 0));
  EXPECT_EQ(6, write(file, "middle", kSize / 2));
  EXPECT_EQ(0, ::ftruncate(file, kSize));
  close(file);
  if (stat(from_).st_blocks > kFewBlocks) GTEST_SKIP() << "this file system has no holes";
  EXPECT_EQ(0, copy(from_, to_));
  EXPECT_EQ(static_cast<uint64_t>(kSize), stat(to_).st_size);
  EXPECT_LE(stat(to_).st_blocks, kFewBlocks);
  file = open(to_, UV_FS_O_RDONLY);
  EXPECT_EQ("begin", read(file, 5, 0));
  EXPECT_EQ(std::string(1, '\0') + "middle" + std::string(1, '\0'), read(file, 8, kSize / 2 - 1));
  EXPECT_EQ(std::string(3, '\0'), read(file, 100, kSize - 3));
  close(file);
}

TEST_P(FsCopy, AFileThatIsAllHoleKeepsItsSize) {
  write_file(from_, "");
  ASSERT_EQ(0, ::truncate(from_.c_str(), 1 << 20));
  write_file(to_, "something else");
  EXPECT_EQ(0, copy(from_, to_));
  EXPECT_TRUE(std::string(1 << 20, '\0') == read_file(to_));
}

// Its size is a page, its contents are less.
TEST_P(FsCopy, CopiesWhatAFileWithAWrongSizeHas) {
  const std::string source = "/sys/kernel/mm/transparent_hugepage/enabled";
  if (!exists(source)) GTEST_SKIP() << "no " << source;
  if (!is_at_least(1, 45)) GTEST_SKIP() << "libuv 1.44 never comes to the end of such a file";
  EXPECT_EQ(0, copy(source, to_));
  EXPECT_EQ(read_file(source), read_file(to_));
}

TEST_P(FsCopy, LeavesAFileCopiedToItselfAlone) {
  write_file(from_, "text");
  ASSERT_EQ(0, ::symlink("from", to_.c_str()));
  EXPECT_EQ(0, copy(from_, from_));
  EXPECT_EQ(0, copy(from_, to_));
  EXPECT_EQ("text", read_file(from_));
}

TEST_P(FsCopy, TellsWhyItCannot) {
  EXPECT_EQ(UV_ENOENT, copy(directory_ / "missing", to_));
  EXPECT_FALSE(exists(to_));
  write_file(from_, "text");
  EXPECT_EQ(UV_ENOENT, copy(from_, directory_ / "missing/to"));
  EXPECT_EQ(UV_EISDIR, copy(from_, directory_.path()));
  uv_fs_t request = {};
  uv_fs_cb callback = GetParam() == Mode::kSync ? nullptr : FsCall::count;
  EXPECT_EQ(UV_EINVAL, uv_fs_copyfile(&loop_, &request, "a", "b", 8, callback));
  uv_fs_req_cleanup(&request);
}

TEST_P(FsCopy, CannotCopyADirectory) {
  std::string folder = directory_ / "folder";
  ASSERT_EQ(0, ::mkdir(folder.c_str(), 0700));
  EXPECT_LT(copy(folder, to_), 0);
  EXPECT_FALSE(exists(to_));
}

TEST_P(FsCopy, ReadsFilesWithoutASize) {
  if (!is_at_least(1, 51)) GTEST_SKIP() << "1.44.2 copies as many bytes as stat tells";
  if (!has_process_files()) GTEST_SKIP() << "there is no such file";
  EXPECT_EQ(0, copy("/proc/self/status", to_));
  EXPECT_NE(std::string::npos, read_file(to_).find("Pid:"));
}

TEST_P(FsCopy, SendsWhatComesOutOfAPipe) {
  int pipe[2];
  ASSERT_EQ(0, ::pipe(pipe));
  const std::string text(20000, 'x');
  // FreeBSD's pipes hold up whoever writes so much, and may block, until it is read.
  ASSERT_EQ(0, ::fcntl(pipe[1], F_SETFL, O_NONBLOCK));
  ASSERT_EQ(20000, ::write(pipe[1], text.data(), text.size()));
  uv_file out = open(to_, UV_FS_O_WRONLY | UV_FS_O_CREAT);
  EXPECT_EQ(5000, send(out, pipe[0], 0, 5000));
  EXPECT_EQ(10000, send(out, pipe[0], 7, 10000)) << "a pipe has no offsets";
  ::close(pipe[1]);
  EXPECT_EQ(5000, send(out, pipe[0], 0, 100000)) << "up to the end";
  EXPECT_EQ(0, send(out, pipe[0], 0, 100000));
  EXPECT_EQ(UV_EINVAL, send(out, pipe[0], -1, 1));
  close(out);
  ::close(pipe[0]);
  EXPECT_TRUE(text == read_file(to_));
}

TEST_P(FsCopy, WaitsForRoomInTheTarget) {
  int source[2], target[2];
  ASSERT_EQ(0, ::pipe(source));
  ASSERT_EQ(0, ::pipe(target));
  ASSERT_EQ(0, ::fcntl(target[1], F_SETFL, O_NONBLOCK));
  const std::size_t before = fill(target[1]);
  ASSERT_EQ(4, ::write(source[1], "text", 4));
  std::size_t arrived = 0;
  std::thread reader([&] {
    // Room is made only when the bytes are out of the source and have nowhere to go.
    int left = 4;
    while (left > 0 && ::ioctl(source[0], FIONREAD, &left) == 0)
      std::this_thread::yield();
    arrived = read_to_end(target[0]);
  });
  EXPECT_EQ(4, send(target[1], source[0], 0, 4));
  // After a failure the reader still waits for this.
  ASSERT_EQ(0, ::fcntl(source[0], F_SETFL, O_NONBLOCK));
  read_to_end(source[0]);
  ::close(target[1]);
  reader.join();
  EXPECT_EQ(before + 4, arrived);
  for (int file : {source[0], source[1], target[0]})
    ::close(file);
}

TEST_P(FsCopy, SendsAFileToAFullPipe) {
  write_file(from_, "text");
  uv_file in = open(from_, UV_FS_O_RDONLY);
  // Some of the rounds find the pipe full, in the others the reader is faster.
  for (int round = 0; round < 20; ++round) {
    int target[2];
    ASSERT_EQ(0, ::pipe(target));
    ASSERT_EQ(0, ::fcntl(target[1], F_SETFL, O_NONBLOCK));
    const std::size_t before = fill(target[1]);
    std::size_t arrived = 0;
    std::thread reader([&] { arrived = read_to_end(target[0]); });
    EXPECT_EQ(4, send(target[1], in, 0, 4));
    ::close(target[1]);
    reader.join();
    EXPECT_EQ(before + 4, arrived);
    ::close(target[0]);
  }
  close(in);
}

TEST_P(FsCopy, TellsWhyItCannotSend) {
  write_file(from_, "text");
  uv_file in = open(from_, UV_FS_O_RDONLY);
  EXPECT_EQ(UV_EBADF, send(-1, in, 0, 4));
  EXPECT_EQ(UV_EBADF, send(in, -1, 0, 4));
  EXPECT_EQ(UV_EBADF, send(in, in, 0, 4)) << "not open for writing";
  close(in);
}

// By itself: where the system's calls that copy are refused, all of it would be written.
class FsLargeCopy : public FsCopy {};
FOR_BOTH_MODES(FsLargeCopy);

TEST_P(FsLargeCopy, TakesAsManyTransfersAsTheFileNeeds) {
  if (!is_at_least(1, 45)) GTEST_SKIP() << "libuv 1.44 takes one";
  const int64_t size = (int64_t{5} << 30) + 1;
  write_file(from_, "text");
  const uv_file file = open(from_, UV_FS_O_WRONLY);
  const ssize_t written = write(file, "x", size - 1);
  close(file);
  if (!kIsLinux && written == UV_ENOSPC) GTEST_SKIP() << "holes count as used here";
  ASSERT_EQ(1, written);
  if (stat(from_).st_blocks > 1024) GTEST_SKIP() << "this file system has no holes";
  EXPECT_EQ(0, copy(from_, to_));
  EXPECT_EQ(static_cast<uint64_t>(size), stat(to_).st_size);
}

}  // namespace
}  // namespace conformance

// Files: what POSIX systems say of them.
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include <vector>

#include "fs_support.h"
#include "support.h"
#include "system.h"

namespace conformance {
namespace {

// Runs in both modes, as fs_test.cc says.
using Fs = FsFixture;

#define START uv_loop_t *loop, uv_fs_t *request, uv_fs_cb callback

TEST_P(Fs, OpensForNoOneElse) {
  uv_file file = open(directory_ / "file", UV_FS_O_RDWR | UV_FS_O_CREAT, 0600);
  ASSERT_GE(file, 0);
  EXPECT_NE(0, fcntl(file, F_GETFD) & FD_CLOEXEC);
  struct stat status;
  ASSERT_EQ(0, fstat(file, &status));
  EXPECT_EQ(0600u, status.st_mode & 0777);
  EXPECT_EQ(0, close(file));
}

TEST_P(Fs, ClosesOnce) {
  EXPECT_EQ(UV_EBADF, close(-1));
  uv_file file = open(directory_.path(), UV_FS_O_RDONLY);
  EXPECT_EQ(0, close(file));
  EXPECT_EQ(-1, fcntl(file, F_GETFD));
}

TEST_P(Fs, TakesMoreBuffersThanTheKernel) {
  constexpr unsigned kCount = IOV_MAX * 2 + 7;
  std::string bytes(kCount, '\0');
  for (unsigned i = 0; i < kCount; ++i)
    bytes[i] = static_cast<char>('a' + i % 23);
  std::string written = bytes;
  std::string back(kCount, '\0');
  for (int64_t offset : {int64_t{-1}, int64_t{5}}) {
    uv_file file = open(directory_ / "file", UV_FS_O_RDWR | UV_FS_O_CREAT | UV_FS_O_TRUNC);
    std::vector<uv_buf_t> out;
    std::vector<uv_buf_t> in;
    for (unsigned i = 0; i < kCount; ++i) {
      out.push_back(uv_buf_init(&written[i], 1));
      in.push_back(uv_buf_init(&back[i], 1));
    }
    EXPECT_EQ(kCount, run([&](START) {
                return uv_fs_write(loop, request, file, out.data(), kCount, offset, callback);
              }));
    if (offset < 0) lseek(file, 0, SEEK_SET);
    // A second read could block on a pipe, so there is only one.
    EXPECT_EQ(IOV_MAX, run([&](START) {
                return uv_fs_read(loop, request, file, in.data(), kCount, offset, callback);
              }));
    EXPECT_TRUE(bytes.substr(0, IOV_MAX) == back.substr(0, IOV_MAX));
    EXPECT_TRUE(bytes == read(file, kCount, offset < 0 ? 0 : offset));
    close(file);
  }
}

TEST_P(Fs, WritesWhatFits) {
  int ends[2];
  ASSERT_EQ(0, test_support::open_nonblocking_pipe(ends));
  std::string text(1 << 20, 'x');
  ssize_t written = write(ends[1], text);
  EXPECT_GT(written, 0);
  EXPECT_LT(written, 1 << 20);
  EXPECT_EQ(UV_EAGAIN, write(ends[1], text));
  EXPECT_EQ("xxxx", read(ends[0], 4));
  EXPECT_EQ(UV_ESPIPE, write(ends[1], "x", 0));
  close(ends[0]);
  close(ends[1]);
}

TEST_P(Fs, ReportsErrorsOfReadAndWrite) {
  uv_file file = open(directory_.path(), UV_FS_O_RDONLY);
  char byte = 'x';
  uv_buf_t buffer = uv_buf_init(&byte, 1);
  EXPECT_EQ(UV_EISDIR,
            run([&](START) { return uv_fs_read(loop, request, file, &buffer, 1, -1, callback); }));
  EXPECT_EQ(UV_EBADF,
            run([&](START) { return uv_fs_write(loop, request, file, &buffer, 1, 0, callback); }));
  close(file);
}

void expect_like_system(const struct stat& system, const uv_stat_t& found) {
  EXPECT_EQ(system.st_dev, found.st_dev);
  EXPECT_EQ(system.st_ino, found.st_ino);
  EXPECT_EQ(system.st_mode, found.st_mode);
  EXPECT_EQ(system.st_nlink, found.st_nlink);
  EXPECT_EQ(system.st_uid, found.st_uid);
  EXPECT_EQ(system.st_gid, found.st_gid);
  EXPECT_EQ(system.st_rdev, found.st_rdev);
  EXPECT_EQ(static_cast<uint64_t>(system.st_size), found.st_size);
  EXPECT_EQ(static_cast<uint64_t>(system.st_blksize), found.st_blksize);
  EXPECT_EQ(static_cast<uint64_t>(system.st_blocks), found.st_blocks);
  EXPECT_EQ(test_support::modified(system).tv_sec, found.st_mtim.tv_sec);
  EXPECT_EQ(test_support::modified(system).tv_nsec, found.st_mtim.tv_nsec);
  EXPECT_EQ(test_support::changed(system).tv_sec, found.st_ctim.tv_sec);
  EXPECT_EQ(test_support::changed(system).tv_nsec, found.st_ctim.tv_nsec);
  EXPECT_EQ(test_support::flags_of(system), found.st_flags);
  EXPECT_EQ(test_support::generation_of(system), found.st_gen);
  EXPECT_LE(found.st_birthtim.tv_sec, found.st_ctim.tv_sec);
}

TEST_P(Fs, TellsAboutFiles) {
  std::string path = directory_ / "file";
  std::string link = directory_ / "link";
  write_file(path, "0123456789");
  ASSERT_EQ(0, symlink("file", link.c_str()));
  struct stat system;
  struct stat system_link;
  ASSERT_EQ(0, ::stat(path.c_str(), &system));
  ASSERT_EQ(0, ::lstat(link.c_str(), &system_link));
  expect_like_system(system, stat(path));
  expect_like_system(system, stat(link));
  FsCall call;
  EXPECT_EQ(0,
            run(call, [&](START) { return uv_fs_lstat(loop, request, link.c_str(), callback); }));
  expect_like_system(system_link, call.request.statbuf);
  EXPECT_EQ(&call.request.statbuf, uv_fs_get_statbuf(&call.request));
  uv_file file = open(path, UV_FS_O_RDONLY);
  EXPECT_EQ(0, run(call, [&](START) { return uv_fs_fstat(loop, request, file, callback); }));
  EXPECT_EQ(&call.request.statbuf, call.request.ptr);
  expect_like_system(system, call.request.statbuf);
  close(file);
}

TEST_P(Fs, TellsAboutDevices) {
  struct stat system;
  ASSERT_EQ(0, ::stat("/dev/null", &system));
  EXPECT_EQ(system.st_rdev, stat("/dev/null").st_rdev);
}

TEST_P(Fs, ChecksAccess) {
  std::string path = directory_ / "file";
  write_file(path, "", 0644);
  auto access = [&](const std::string& name, int mode) {
    return run([&](START) { return uv_fs_access(loop, request, name.c_str(), mode, callback); });
  };
  EXPECT_EQ(0, access(path, F_OK));
  EXPECT_EQ(0, access(path, R_OK | W_OK));
  EXPECT_EQ(UV_EACCES, access(path, X_OK));
  EXPECT_EQ(UV_ENOENT, access(directory_ / "missing", F_OK));
}

TEST_P(Fs, ChangesModes) {
  std::string path = directory_ / "file";
  write_file(path, "");
  EXPECT_EQ(0,
            run([&](START) { return uv_fs_chmod(loop, request, path.c_str(), 0711, callback); }));
  EXPECT_EQ(0711u, stat(path).st_mode & 0777);
  uv_file file = open(path, UV_FS_O_RDONLY);
  EXPECT_EQ(0, run([&](START) { return uv_fs_fchmod(loop, request, file, 0640, callback); }));
  EXPECT_EQ(0640u, stat(path).st_mode & 0777);
  close(file);
  std::string missing = directory_ / "missing";
  EXPECT_EQ(UV_ENOENT,
            run([&](START) { return uv_fs_chmod(loop, request, missing.c_str(), 0, callback); }));
  EXPECT_EQ(UV_EBADF, run([&](START) { return uv_fs_fchmod(loop, request, -1, 0, callback); }));
}

TEST_P(Fs, ChangesOwners) {
  std::string path = directory_ / "file";
  std::string link = directory_ / "link";
  write_file(path, "");
  ASSERT_EQ(0, symlink("nowhere", link.c_str()));
  uv_uid_t uid = getuid();
  uv_gid_t gid = getgid();
  EXPECT_EQ(
      0, run([&](START) { return uv_fs_chown(loop, request, path.c_str(), uid, gid, callback); }));
  uv_file file = open(path, UV_FS_O_RDONLY);
  EXPECT_EQ(0, run([&](START) { return uv_fs_fchown(loop, request, file, uid, gid, callback); }));
  close(file);
  EXPECT_EQ(
      0, run([&](START) { return uv_fs_lchown(loop, request, link.c_str(), uid, gid, callback); }));
  EXPECT_EQ(UV_ENOENT, run([&](START) {
              return uv_fs_chown(loop, request, link.c_str(), uid, gid, callback);
            }));
  EXPECT_EQ(UV_EBADF,
            run([&](START) { return uv_fs_fchown(loop, request, -1, uid, gid, callback); }));
  std::string missing = directory_ / "missing";
  EXPECT_EQ(UV_ENOENT, run([&](START) {
              return uv_fs_lchown(loop, request, missing.c_str(), uid, gid, callback);
            }));
}

TEST_P(Fs, ChangesTimesOfFilesAndLinks) {
  std::string path = directory_ / "file";
  std::string link = directory_ / "link";
  write_file(path, "");
  ASSERT_EQ(0, symlink("file", link.c_str()));
  uv_file file = open(path, UV_FS_O_WRONLY);
  EXPECT_EQ(0, run([&](START) { return uv_fs_futime(loop, request, file, 100, 200, callback); }));
  close(file);
  EXPECT_EQ(100, stat(path).st_atim.tv_sec);
  EXPECT_EQ(200, stat(path).st_mtim.tv_sec);
  EXPECT_EQ(
      0, run([&](START) { return uv_fs_lutime(loop, request, link.c_str(), 300, 400, callback); }));
  EXPECT_EQ(200, stat(link).st_mtim.tv_sec) << "the target is as it was";
  FsCall call;
  EXPECT_EQ(0,
            run(call, [&](START) { return uv_fs_lstat(loop, request, link.c_str(), callback); }));
  EXPECT_EQ(400, call.request.statbuf.st_mtim.tv_sec);
  EXPECT_EQ(UV_EBADF, run([&](START) { return uv_fs_futime(loop, request, -1, 1, 1, callback); }));
  std::string missing = directory_ / "missing";
  EXPECT_EQ(UV_ENOENT, run([&](START) {
              return uv_fs_utime(loop, request, missing.c_str(), 1, 1, callback);
            }));
  EXPECT_EQ(UV_ENOENT, run([&](START) {
              return uv_fs_lutime(loop, request, missing.c_str(), 1, 1, callback);
            }));
}

}  // namespace
}  // namespace conformance

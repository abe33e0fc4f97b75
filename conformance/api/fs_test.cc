// Files: opening, reading, writing, and what is known about them.
#include <cmath>
#include <vector>

#include "fs_support.h"
#include "support.h"

namespace conformance {
namespace {

using Fs = FsFixture;
FOR_BOTH_MODES(Fs);

// Starts an operation: [&](START) { return uv_fs_x(loop, request, ..., callback); }
#define START uv_loop_t *loop, uv_fs_t *request, uv_fs_cb callback

TEST_P(Fs, WritesAndReadsAFile) {
  std::string path = directory_ / "file";
  write_file(path, "some text");
  EXPECT_EQ("some text", read_file(path));
}

TEST_P(Fs, TellsWhyItCannotOpen) {
  std::string path = directory_ / "missing";
  FsCall call;
  EXPECT_EQ(UV_ENOENT, run(call, [&](START) {
              return uv_fs_open(loop, request, path.c_str(), UV_FS_O_RDONLY, 0, callback);
            }));
  EXPECT_EQ(UV_FS_OPEN, uv_fs_get_type(&call.request));
  EXPECT_EQ(UV_ENOENT, uv_fs_get_result(&call.request));
  EXPECT_STREQ(path.c_str(), uv_fs_get_path(&call.request));
  EXPECT_EQ(nullptr, uv_fs_get_ptr(&call.request));
  EXPECT_EQ(ENOENT, uv_fs_get_system_error(&call.request));
  EXPECT_EQ(UV_EEXIST, open(directory_.path(), UV_FS_O_CREAT | UV_FS_O_EXCL));
}

TEST_P(Fs, ReadsAndWritesAtOffsets) {
  uv_file file = open(directory_ / "file", UV_FS_O_RDWR | UV_FS_O_CREAT);
  EXPECT_EQ(6, write(file, "abcdef"));
  EXPECT_EQ(2, write(file, "XY", 2));
  EXPECT_EQ(1, write(file, "!")) << "the position is where the first write left it";
  EXPECT_EQ("abXYef!", read(file, 100, 0));
  EXPECT_EQ("Ye", read(file, 2, 3));
  EXPECT_EQ("", read(file, 100)) << "the position is at the end";
  EXPECT_EQ("", read(file, 100, 1000)) << "beyond the end";
  close(file);
}

TEST_P(Fs, ScattersAndGathers) {
  uv_file file = open(directory_ / "file", UV_FS_O_RDWR | UV_FS_O_CREAT);
  for (int64_t offset : {int64_t{-1}, int64_t{0}}) {
    char bytes[] = "abcdefghij";
    // More than fit into a request without an allocation.
    std::vector<uv_buf_t> buffers;
    for (int i = 0; i < 10; ++i)
      buffers.push_back(uv_buf_init(bytes + i, 1));
    EXPECT_EQ(10, run([&](START) {
                int error = uv_fs_write(loop, request, file, buffers.data(), 10, offset, callback);
                // The array is free for other use at once; only the bytes are not.
                if (callback != nullptr) buffers.assign(10, uv_buf_init(nullptr, 1000));
                return error;
              }));
    EXPECT_EQ(bytes, read(file, 100, 0));
  }
  char first[4] = {};
  char second[100] = {};
  uv_buf_t buffers[] = {uv_buf_init(first, 3), uv_buf_init(second, 99)};
  EXPECT_EQ(8,
            run([&](START) { return uv_fs_read(loop, request, file, buffers, 2, 2, callback); }));
  EXPECT_STREQ("cde", first);
  EXPECT_STREQ("fghij", second);
  close(file);
}

TEST_P(Fs, RefusesNoBuffers) {
  uv_fs_t request;
  uv_fs_cb callback = GetParam() == Mode::kSync ? nullptr : FsCall::count;
  uv_buf_t buffer = uv_buf_init(nullptr, 0);
  EXPECT_EQ(UV_EINVAL, uv_fs_read(&loop_, &request, 0, nullptr, 0, -1, callback));
  EXPECT_EQ(UV_EINVAL, uv_fs_read(&loop_, &request, 0, nullptr, 1, -1, callback));
  EXPECT_EQ(UV_EINVAL, uv_fs_read(&loop_, &request, 0, &buffer, 0, -1, callback));
  EXPECT_EQ(UV_EINVAL, uv_fs_write(&loop_, &request, 0, nullptr, 0, -1, callback));
  EXPECT_EQ(UV_EINVAL, uv_fs_write(&loop_, &request, 0, &buffer, 0, -1, callback));
  EXPECT_EQ(0, uv_loop_alive(&loop_));
}

TEST_P(Fs, RefusesNoRequest) {
  uv_fs_cb callback = GetParam() == Mode::kSync ? nullptr : FsCall::count;
  EXPECT_EQ(UV_EINVAL, uv_fs_open(&loop_, nullptr, "/", 0, 0, callback));
  EXPECT_EQ(UV_EINVAL, uv_fs_close(&loop_, nullptr, 0, callback));
  EXPECT_EQ(UV_EINVAL, uv_fs_stat(&loop_, nullptr, "/", callback));
  EXPECT_EQ(UV_EINVAL, uv_fs_rename(&loop_, nullptr, "/", "/", callback));
  EXPECT_EQ(UV_EINVAL, uv_fs_mkdtemp(&loop_, nullptr, "/", callback));
  EXPECT_EQ(0, uv_loop_alive(&loop_));
}

TEST_P(Fs, TruncatesAndSyncs) {
  uv_file file = open(directory_ / "file", UV_FS_O_RDWR | UV_FS_O_CREAT);
  write(file, "abcdef");
  auto truncate = [&](uv_file target, int64_t size) {
    return run([&](START) { return uv_fs_ftruncate(loop, request, target, size, callback); });
  };
  EXPECT_EQ(0, truncate(file, 3));
  EXPECT_EQ("abc", read(file, 100, 0));
  // FreeBSD's tmpfs(5) counts what lies in a hole as used.
  if (const ssize_t sparse = truncate(file, int64_t{1} << 33); kIsLinux || sparse != UV_ENOSPC) {
    EXPECT_EQ(0, sparse) << "sparse, beyond 32 bits";
    EXPECT_EQ(uint64_t{1} << 33, stat(directory_ / "file").st_size);
    EXPECT_EQ(std::string(2, '\0'), read(file, 2, (int64_t{1} << 33) - 2));
  }
  EXPECT_EQ(UV_EINVAL, truncate(file, -1));
  EXPECT_EQ(UV_EBADF, truncate(-1, 0));
  EXPECT_EQ(0, run([&](START) { return uv_fs_fsync(loop, request, file, callback); }));
  EXPECT_EQ(0, run([&](START) { return uv_fs_fdatasync(loop, request, file, callback); }));
  EXPECT_EQ(UV_EBADF, run([&](START) { return uv_fs_fsync(loop, request, -1, callback); }));
  EXPECT_EQ(UV_EBADF, run([&](START) { return uv_fs_fdatasync(loop, request, -1, callback); }));
  close(file);
}

TEST_P(Fs, ReportsErrorsOfStat) {
  std::string path = directory_ / "missing";
  FsCall call;
  EXPECT_EQ(UV_ENOENT,
            run(call, [&](START) { return uv_fs_stat(loop, request, path.c_str(), callback); }));
  EXPECT_EQ(nullptr, call.request.ptr);
  EXPECT_EQ(UV_ENOENT,
            run([&](START) { return uv_fs_lstat(loop, request, path.c_str(), callback); }));
  EXPECT_EQ(UV_EBADF, run([&](START) { return uv_fs_fstat(loop, request, -1, callback); }));
}

TEST_P(Fs, TellsAboutTheFileSystem) {
  FsCall call;
  EXPECT_EQ(0, run(call, [&](START) {
              return uv_fs_statfs(loop, request, directory_.path().c_str(), callback);
            }));
  ASSERT_NE(nullptr, call.request.ptr);
  const uv_statfs_t& status = *static_cast<uv_statfs_t*>(call.request.ptr);
  EXPECT_GT(status.f_bsize, 0u);
  EXPECT_GE(status.f_blocks, status.f_bfree);
  EXPECT_GE(status.f_files, status.f_ffree);
  std::string missing = directory_ / "missing";
  EXPECT_EQ(UV_ENOENT, run(call, [&](START) {
              return uv_fs_statfs(loop, request, missing.c_str(), callback);
            }));
  EXPECT_EQ(nullptr, call.request.ptr);
}

// The fractions have an exact binary form, so that no rounding is tested.
TEST_P(Fs, ChangesTimes) {
  std::string path = directory_ / "file";
  write_file(path, "");
  for (double time : {400497753.25, -1000.75, 0.5}) {
    EXPECT_EQ(0, run([&](START) {
                return uv_fs_utime(loop, request, path.c_str(), time, time + 1, callback);
              }));
    uv_stat_t status = stat(path);
    double whole = std::floor(time);
    long nanoseconds = static_cast<long>((time - whole) * 1e9);
    if (time < 0 && !is_at_least(1, 51)) continue;  // The oracle rounds towards 1970.
    EXPECT_EQ(static_cast<long>(whole), status.st_atim.tv_sec);
    EXPECT_EQ(nanoseconds, status.st_atim.tv_nsec);
    EXPECT_EQ(static_cast<long>(whole) + 1, status.st_mtim.tv_sec);
    EXPECT_EQ(nanoseconds, status.st_mtim.tv_nsec);
  }
}

TEST_P(Fs, KeepsTimesOrTakesNow) {
  if (!is_at_least(1, 51)) GTEST_SKIP() << "UV_FS_UTIME_NOW and UV_FS_UTIME_OMIT came later";
  std::string path = directory_ / "file";
  write_file(path, "");
  auto utime = [&](double access, double modification) {
    return run([&](START) {
      return uv_fs_utime(loop, request, path.c_str(), access, modification, callback);
    });
  };
  EXPECT_EQ(0, utime(100, 200));
  EXPECT_EQ(0, utime(UV_FS_UTIME_OMIT, 300));
  EXPECT_EQ(100, stat(path).st_atim.tv_sec);
  EXPECT_EQ(300, stat(path).st_mtim.tv_sec);
  EXPECT_EQ(0, utime(UV_FS_UTIME_NOW, UV_FS_UTIME_OMIT));
  EXPECT_GT(stat(path).st_atim.tv_sec, 1600000000);
  EXPECT_EQ(300, stat(path).st_mtim.tv_sec);
}

TEST_P(Fs, CleansUpAnyNumberOfTimes) {
  FsCall call;
  run(call, [&](START) { return uv_fs_stat(loop, request, "/", callback); });
  for (int i = 0; i < 3; ++i) {
    uv_fs_req_cleanup(&call.request);
    EXPECT_EQ(nullptr, call.request.path);
    EXPECT_EQ(nullptr, call.request.ptr);
  }
  uv_fs_req_cleanup(nullptr);
}

}  // namespace
}  // namespace conformance

// stat by statx(2), which knows when a file was created; by the older calls where it is refused.
#include "os/file_status.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/sysmacros.h>

#include <atomic>

#include "os/linux/statx_status.h"
#include "os/posix/repeat.h"
#include "os/posix/stat_times.h"

namespace violet {
namespace {

// Kernels before 4.11 lack statx(2), and seccomp filters older than it refuse it.
std::atomic<bool> statx_is_refused{false};

uv_timespec_t time_of(const statx_timestamp& time) {
  return {static_cast<long>(time.tv_sec), static_cast<long>(time.tv_nsec)};
}

uv_timespec_t time_of(const timespec& time) {
  return {static_cast<long>(time.tv_sec), static_cast<long>(time.tv_nsec)};
}

}  // namespace

void translate_statx(const struct statx& from, uv_stat_t& to) {
  to.st_dev = makedev(from.stx_dev_major, from.stx_dev_minor);
  to.st_mode = from.stx_mode;
  to.st_nlink = from.stx_nlink;
  to.st_uid = from.stx_uid;
  to.st_gid = from.stx_gid;
  to.st_rdev = makedev(from.stx_rdev_major, from.stx_rdev_minor);
  to.st_ino = from.stx_ino;
  to.st_size = from.stx_size;
  to.st_blksize = from.stx_blksize;
  to.st_blocks = from.stx_blocks;
  to.st_flags = 0;
  to.st_gen = 0;
  to.st_atim = time_of(from.stx_atime);
  to.st_mtim = time_of(from.stx_mtime);
  to.st_ctim = time_of(from.stx_ctime);
  to.st_birthtim = time_of(from.stx_btime);
}

namespace {

void translate(const struct stat& from, uv_stat_t& to) {
  to.st_dev = from.st_dev;
  to.st_mode = from.st_mode;
  to.st_nlink = from.st_nlink;
  to.st_uid = from.st_uid;
  to.st_gid = from.st_gid;
  to.st_rdev = from.st_rdev;
  to.st_ino = from.st_ino;
  to.st_size = static_cast<std::uint64_t>(from.st_size);
  to.st_blksize = static_cast<std::uint64_t>(from.st_blksize);
  to.st_blocks = static_cast<std::uint64_t>(from.st_blocks);
  to.st_flags = 0;
  to.st_gen = 0;
  const StatTimes times = stat_times(from);
  to.st_atim = time_of(times.access);
  to.st_mtim = time_of(times.modification);
  to.st_ctim = time_of(times.change);
  to.st_birthtim = time_of(times.birth);
}

int stat_at(int directory, const char* path, int flags, uv_stat_t& status) {
  struct stat result;
  int error = repeat_int([&] { return fstatat(directory, path, &result, flags); });
  if (error == 0) translate(result, status);
  return error;
}

int status_at(int directory, const char* path, int flags, uv_stat_t& status) {
  if (statx_is_refused.load(std::memory_order_relaxed)) {
    return stat_at(directory, path, flags, status);
  }
  struct statx result;
  int error = repeat_int(
      [&] { return statx(directory, path, flags, STATX_BASIC_STATS | STATX_BTIME, &result); });
  if (error == 0) {
    translate_statx(result, status);
    return 0;
  }
  if (error != UV_ENOSYS && error != UV_EPERM && error != UV_ENOTSUP) return error;
  // stat(2) never fails with these, so they speak of the call, not of the file.
  int older_error = stat_at(directory, path, flags, status);
  if (older_error == 0) statx_is_refused.store(true, std::memory_order_relaxed);
  return older_error;
}

}  // namespace

int status_of_path(const char* path, uv_stat_t& status) {
  return status_at(AT_FDCWD, path, 0, status);
}

int status_of_link(const char* path, uv_stat_t& status) {
  return status_at(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, status);
}

int status_of_file(uv_file file, uv_stat_t& status) {
  return status_at(file, "", AT_EMPTY_PATH, status);
}

int status_of_file_system(const char* path, uv_statfs_t& status) {
  struct statfs result;
  int error = repeat_int([&] { return statfs(path, &result); });
  if (error != 0) return error;
  status = {};
  status.f_type = static_cast<std::uint64_t>(result.f_type);
  status.f_bsize = static_cast<std::uint64_t>(result.f_bsize);
  status.f_blocks = result.f_blocks;
  status.f_bfree = result.f_bfree;
  status.f_bavail = result.f_bavail;
  status.f_files = result.f_files;
  status.f_ffree = result.f_ffree;
  status.f_frsize = static_cast<std::uint64_t>(result.f_frsize);
  return 0;
}

}  // namespace violet

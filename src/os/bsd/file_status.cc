#include "os/file_status.h"

#include <sys/stat.h>

#include "os/posix/repeat.h"
#include "os/posix/stat_times.h"

namespace violet {
namespace {

uv_timespec_t time_of(const timespec& time) {
  return {static_cast<long>(time.tv_sec), static_cast<long>(time.tv_nsec)};
}

void translate(const struct stat& from, uv_stat_t& to) {
  const StatTimes times = stat_times(from);
  to.st_dev = static_cast<std::uint64_t>(from.st_dev);
  to.st_mode = from.st_mode;
  to.st_nlink = from.st_nlink;
  to.st_uid = from.st_uid;
  to.st_gid = from.st_gid;
  to.st_rdev = static_cast<std::uint64_t>(from.st_rdev);
  to.st_ino = from.st_ino;
  to.st_size = static_cast<std::uint64_t>(from.st_size);
  to.st_blksize = static_cast<std::uint64_t>(from.st_blksize);
  to.st_blocks = static_cast<std::uint64_t>(from.st_blocks);
  to.st_flags = from.st_flags;
  to.st_gen = from.st_gen;
  to.st_atim = time_of(times.access);
  to.st_mtim = time_of(times.modification);
  to.st_ctim = time_of(times.change);
  // A file system that does not know says -1.
  to.st_birthtim = time_of(times.birth.tv_sec < 0 ? times.change : times.birth);
}

template <typename Call>
int status_by(Call call, uv_stat_t& status) {
  struct stat result;
  const int error = repeat_int([&] { return call(result); });
  if (error == 0) translate(result, status);
  return error;
}

}  // namespace

int status_of_path(const char* path, uv_stat_t& status) {
  return status_by([&](struct stat& result) { return stat(path, &result); }, status);
}

int status_of_link(const char* path, uv_stat_t& status) {
  return status_by([&](struct stat& result) { return lstat(path, &result); }, status);
}

int status_of_file(uv_file file, uv_stat_t& status) {
  return status_by([&](struct stat& result) { return fstat(file, &result); }, status);
}

}  // namespace violet

// Permissions, owners and times of files.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "os/file_status.h"
#include "os/posix/file_time.h"
#include "os/posix/repeat.h"

namespace violet {
namespace {

struct SystemTimes {
  timespec both[2];
};

bool convert(const FileTimes& times, SystemTimes& converted) {
  return to_timespec(times.access, converted.both[0]) &&
         to_timespec(times.modification, converted.both[1]);
}

int change_times_at(const char* path, const FileTimes& times, int flags) {
  SystemTimes converted;
  if (!convert(times, converted)) return UV_EINVAL;
  return repeat_int([&] { return utimensat(AT_FDCWD, path, converted.both, flags); });
}

}  // namespace

int check_access(const char* path, int mode) {
  return repeat_int([&] { return access(path, mode); });
}

int change_mode(const char* path, int mode) {
  return repeat_int([&] { return chmod(path, static_cast<mode_t>(mode)); });
}

int change_file_mode(uv_file file, int mode) {
  return repeat_int([&] { return fchmod(file, static_cast<mode_t>(mode)); });
}

int change_owner(const char* path, uv_uid_t user, uv_gid_t group) {
  return repeat_int([&] { return chown(path, user, group); });
}

int change_link_owner(const char* path, uv_uid_t user, uv_gid_t group) {
  return repeat_int([&] { return lchown(path, user, group); });
}

int change_file_owner(uv_file file, uv_uid_t user, uv_gid_t group) {
  return repeat_int([&] { return fchown(file, user, group); });
}

int change_times(const char* path, const FileTimes& times) {
  return change_times_at(path, times, 0);
}

int change_link_times(const char* path, const FileTimes& times) {
  return change_times_at(path, times, AT_SYMLINK_NOFOLLOW);
}

int change_file_times(uv_file file, const FileTimes& times) {
  SystemTimes converted;
  if (!convert(times, converted)) return UV_EINVAL;
  return repeat_int([&] { return futimens(file, converted.both); });
}

}  // namespace violet

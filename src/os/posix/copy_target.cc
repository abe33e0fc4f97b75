#include "os/posix/copy_target.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/error.h"
#include "os/file.h"
#include "os/posix/copy_ways.h"
#include "os/posix/stat_times.h"

namespace violet {
namespace {

bool is_same_file(const struct stat& a, const struct stat& b) {
  return a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

// Directories and sockets are left to open(2), which has errors of its own for them.
int check_kind(const struct stat& status) {
  const mode_t kind = status.st_mode & S_IFMT;
  return kind == S_IFCHR || kind == S_IFBLK || kind == S_IFIFO ? UV_EINVAL : 0;
}

int open_owned(const char* path, int flags, int mode, OwnedDescriptor& owned) {
  uv_file file;
  const int error = open_file(path, flags, mode, file);
  if (error == 0) owned = OwnedDescriptor(descriptor_of_file(file));
  return error;
}

int open_existing(const char* path, int mode, CopyTarget& target) {
  if (stat(path, &target.status) == 0) {
    if (int error = check_kind(target.status); error != 0) return error;
    return open_owned(path, O_WRONLY, 0, target.owned);
  }
  // A symbolic link to nothing: the file is made where it leads.
  if (errno != ENOENT) return last_error();
  target.made = true;
  return open_owned(path, O_WRONLY | O_CREAT, mode, target.owned);
}

int open_any(const char* path, bool must_be_new, int mode, CopyTarget& target) {
  target.made = true;
  const int error = open_owned(path, O_WRONLY | O_CREAT | O_EXCL, mode, target.owned);
  if (error != UV_EEXIST || must_be_new) return error;
  target.made = false;
  return open_existing(path, mode, target);
}

bool remove_if_same(const char* path, const struct stat& made) {
  struct stat found;
  return lstat(path, &found) == 0 && is_same_file(found, made) && unlink(path) == 0;
}

// What a file system or the process's rights may refuse without making the copy a failure.
bool is_refusal(int error) {
  return error == EPERM || error == EACCES || error == EINVAL || error == ENOTSUP ||
         error == EOPNOTSUPP || error == ENOSYS;
}

// The mode that may be kept: the bits that lend the owner's or the group's rights to whoever runs
// the file would lend somebody else's where those could not be kept.
mode_t keep_owner(int file, const struct stat& source) {
  struct stat now;
  if (fstat(file, &now) != 0) return source.st_mode & 0777;
  bool user_is_kept = now.st_uid == source.st_uid;
  bool group_is_kept = now.st_gid == source.st_gid;
  if (!user_is_kept && fchown(file, source.st_uid, source.st_gid) == 0) {
    user_is_kept = group_is_kept = true;
  }
  if (!group_is_kept) group_is_kept = fchown(file, static_cast<uid_t>(-1), source.st_gid) == 0;
  mode_t mode = source.st_mode & 07777;
  if (!user_is_kept) mode &= ~static_cast<mode_t>(S_ISUID);
  if (!group_is_kept) mode &= ~static_cast<mode_t>(S_ISGID);
  return mode;
}

}  // namespace

int open_copy_target(const char* path, bool must_be_new, mode_t mode, CopyTarget& target) {
  const int error = open_any(path, must_be_new, static_cast<int>(mode & 0777), target);
  if (error != 0) return error;
  return fstat(target.file(), &target.status) == 0 ? check_kind(target.status) : last_error();
}

// The owner first, since changing it takes bits from the mode; the times last of all.
int keep_attributes(int file, const struct stat& source) {
  const mode_t mode = keep_owner(file, source);
  // Bits above the permissions may be refused by themselves, by the BSDs with a number of their
  // own.
  if (fchmod(file, mode) != 0 && fchmod(file, mode & 0777) != 0 && !is_refusal(errno)) {
    return last_error();
  }
  const StatTimes kept = stat_times(source);
  const timespec times[2] = {kept.access, kept.modification};
  if (futimens(file, times) != 0 && !is_refusal(errno)) return last_error();
  return 0;
}

void remove_if_made(const char* path, const CopyTarget& target) {
  if (!target.made || remove_if_same(path, target.status)) return;
  FilePath place;
  // Made through a symbolic link. FreeBSD's descriptors do not tell the place of a new file, which
  // nobody has looked up yet.
  if (realpath(path, place) != nullptr && remove_if_same(place, target.status)) return;
  // Renamed meanwhile: the descriptor knows where it is.
  if (path_of_file(target.file(), place)) remove_if_same(place, target.status);
}

}  // namespace violet

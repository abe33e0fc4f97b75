#include "os/posix/copy_ways.h"

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/sendfile.h>
#include <unistd.h>

#include <cstdio>

#include "base/error.h"
#include "os/file.h"
#include "os/posix/copy_by_hand.h"
#include "os/posix/repeat.h"

namespace violet {
namespace {

int share_blocks(int target, int source) {
  return repeat_int([&] { return ioctl(target, FICLONE, source); });
}

}  // namespace

std::int64_t send_file(uv_file target, uv_file source, std::int64_t offset, std::size_t length) {
  off_t position = offset;
  std::int64_t sent = repeat([&] { return sendfile(target, source, &position, length); });
  // Full: by hand it is clear which of the two has to be waited for.
  bool by_hand = sent == UV_EAGAIN || is_unsupported(sent);
  return by_hand ? copy_by_hand(target, source, offset, length) : sent;
}

std::int64_t copy_range(int target, int source, std::int64_t offset, std::size_t length) {
  loff_t position = offset;
  return repeat([&] { return copy_file_range(source, &position, target, nullptr, length, 0); });
}

// Before anything of an existing target is cut off, so that a refusal leaves it as it was.
int clone_file(CopyTarget& target, int source, const struct stat& source_status) {
  const int file = target.file();
  int error = share_blocks(file, source);
  // File systems that share blocks refuse a source whose end is not the target's.
  if (error == UV_EINVAL && target.status.st_size > 0) {
    if (ftruncate(file, 0) != 0) return last_error();
    error = share_blocks(file, source);
  } else if (error == 0 && target.status.st_size > source_status.st_size) {
    if (ftruncate(file, source_status.st_size) != 0) return last_error();
  }
  return error;
}

void copy_more_attributes(int, int) {}

bool path_of_file(int file, FilePath& path) {
  char descriptor[64];
  std::snprintf(descriptor, sizeof(descriptor), "/proc/self/fd/%d", file);
  const ssize_t length = readlink(descriptor, path, PATH_MAX);
  if (length <= 0) return false;
  path[length] = '\0';
  return true;
}

}  // namespace violet

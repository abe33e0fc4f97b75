// Copying from file to file, inside the kernel where it can.
#include <fcntl.h>
#include <linux/fs.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>

#include "base/error.h"
#include "os/file.h"
#include "os/linux/copy_target.h"
#include "os/posix/repeat.h"

namespace violet {
namespace {

// The kernel does not do this between these two descriptors; bytes may still be copied by hand.
bool is_unsupported(std::int64_t error) {
  switch (error) {
    case UV_EINVAL:
    case UV_EIO:
    case UV_ENOTSOCK:
    case UV_ESPIPE:
    case UV_EXDEV:
    case UV_ENOSYS:
    case UV_ENOTSUP:
    case UV_EPERM:
    case UV_EBADF:
    case UV_ETXTBSY:
      return true;
    default:
      return false;
  }
}

int wait_for_room(int target) {
  pollfd waiting = {target, POLLOUT, 0};
  int result = repeat_int([&] { return poll(&waiting, 1, -1); });
  return result < 0 ? result : 0;
}

// A target that does not block is waited for: what was taken from a pipe cannot be put back.
std::int64_t write_all(int target, const char* bytes, std::size_t size) {
  std::size_t written = 0;
  while (written < size) {
    std::int64_t result = repeat([&] { return write(target, bytes + written, size - written); });
    if (result == UV_EAGAIN && wait_for_room(target) == 0) continue;
    if (result < 0) return written > 0 ? static_cast<std::int64_t>(written) : result;
    written += static_cast<std::size_t>(result);
  }
  return static_cast<std::int64_t>(written);
}

// Pipes and sockets know no offsets: what comes next.
std::int64_t read_at(int source, char* buffer, std::size_t size, std::int64_t offset) {
  std::int64_t got = repeat([&] { return pread(source, buffer, size, offset); });
  return got == UV_ESPIPE ? repeat([&] { return read(source, buffer, size); }) : got;
}

// Through a buffer. An error after some bytes is left for the next call to meet.
std::int64_t copy_by_hand(int target, int source, std::int64_t offset, std::size_t length) {
  char buffer[16384];
  std::int64_t total = 0;
  while (length > 0) {
    std::size_t wanted = length < sizeof(buffer) ? length : sizeof(buffer);
    std::int64_t got = read_at(source, buffer, wanted, offset + total);
    if (got > 0) got = write_all(target, buffer, static_cast<std::size_t>(got));
    if (got < 0) return total > 0 ? total : got;
    if (got == 0) break;
    total += got;
    length -= static_cast<std::size_t>(got);
  }
  return total;
}

// The target's position moves on; the source's does not.
std::int64_t copy_range(int target, int source, std::int64_t offset, std::size_t length) {
  loff_t position = offset;
  return repeat([&] { return copy_file_range(source, &position, target, nullptr, length, 0); });
}

// Copies the source's bytes from `offset` up to `end`, or to its end if that comes first, to the
// same place in the target.
int copy_section(int target, int source, std::int64_t offset, std::int64_t end) {
  if (lseek(target, offset, SEEK_SET) < 0) return last_error();
  bool in_kernel = true;
  while (offset < end) {
    std::uint64_t left = static_cast<std::uint64_t>(end - offset);
    std::size_t wanted =
        left < kMaxFileTransfer ? static_cast<std::size_t>(left) : kMaxFileTransfer;
    std::int64_t copied = in_kernel ? copy_range(target, source, offset, wanted)
                                    : send_file(target, source, offset, wanted);
    // Some file systems copy nothing and say so without an error.
    if (in_kernel && (copied == 0 || is_unsupported(copied))) {
      in_kernel = false;
      continue;
    }
    if (copied < 0) return static_cast<int>(copied);
    if (copied == 0) break;
    offset += copied;
  }
  return 0;
}

struct Section {
  std::int64_t begin;
  std::int64_t end;
};

// The next section with data at or behind `offset`; it begins at `size` if there is none. Where the
// file system does not tell, the rest of the file is one.
Section next_section(int source, std::int64_t offset, std::int64_t size) {
  std::int64_t begin = lseek(source, offset, SEEK_DATA);
  if (begin < 0) return errno == ENXIO ? Section{size, size} : Section{offset, size};
  std::int64_t end = lseek(source, begin, SEEK_HOLE);
  return {begin, end < 0 || end > size ? size : end};
}

// Ends the target with a hole, as the source ends. Somebody may have cut the source meanwhile.
int end_with_hole(int target, int source, std::int64_t size) {
  std::int64_t end = lseek(source, 0, SEEK_END);
  if (end < 0) return last_error();
  return ftruncate(target, end < size ? end : size) == 0 ? 0 : last_error();
}

// Holes stay holes: the sparse image of a disk does not fill the disk.
int copy_contents(int target, int source, std::int64_t size) {
  for (std::int64_t offset = 0; offset < size;) {
    Section section = next_section(source, offset, size);
    if (section.begin >= size) return end_with_hole(target, source, size);
    int error = copy_section(target, source, section.begin, section.end);
    if (error != 0) return error;
    offset = section.end;
  }
  return 0;
}

// Files without a size, as in /proc, have to be read to their end.
int copy_until_end(int target, int source) {
  for (std::int64_t offset = 0;;) {
    std::int64_t copied = copy_by_hand(target, source, offset, kMaxFileTransfer);
    if (copied <= 0) return static_cast<int>(copied);
    offset += copied;
  }
}

int share_blocks(int target, int source) {
  return repeat_int([&] { return ioctl(target, FICLONE, source); });
}

// Before anything of an existing target is cut off, so that a refusal leaves it as it was.
int clone_file(int target, int source, const struct stat& source_status,
               const struct stat& target_status) {
  int error = share_blocks(target, source);
  // File systems that share blocks refuse a source whose end is not the target's.
  if (error == UV_EINVAL && target_status.st_size > 0) {
    if (ftruncate(target, 0) != 0) return last_error();
    error = share_blocks(target, source);
  } else if (error == 0 && target_status.st_size > source_status.st_size) {
    if (ftruncate(target, source_status.st_size) != 0) return last_error();
  }
  return error;
}

int fill_target(const CopyTarget& target, int source, const struct stat& source_status, int flags) {
  if ((flags & (UV_FS_COPYFILE_FICLONE | UV_FS_COPYFILE_FICLONE_FORCE)) != 0) {
    int error = clone_file(target.file(), source, source_status, target.status);
    if (error == 0 || (flags & UV_FS_COPYFILE_FICLONE_FORCE) != 0) return error;
  }
  if (ftruncate(target.file(), 0) != 0) return last_error();
  if (source_status.st_size == 0) return copy_until_end(target.file(), source);
  return copy_contents(target.file(), source, source_status.st_size);
}

}  // namespace

std::int64_t send_file(uv_file target, uv_file source, std::int64_t offset, std::size_t length) {
  off_t position = offset;
  std::int64_t sent = repeat([&] { return sendfile(target, source, &position, length); });
  // Full: by hand it is clear which of the two has to be waited for.
  bool by_hand = sent == UV_EAGAIN || is_unsupported(sent);
  return by_hand ? copy_by_hand(target, source, offset, length) : sent;
}

int copy_file(const char* path, const char* new_path, int flags) {
  uv_file source;
  int error = open_file(path, O_RDONLY, 0, source);
  if (error != 0) return error;
  const OwnedDescriptor owned_source(descriptor_of_file(source));
  struct stat source_status;
  if (fstat(source, &source_status) != 0) return last_error();
  if (S_ISDIR(source_status.st_mode)) return UV_EISDIR;

  CopyTarget target;
  const bool must_be_new = (flags & UV_FS_COPYFILE_EXCL) != 0;
  error = open_copy_target(new_path, must_be_new, source_status.st_mode, target);
  if (error != 0) return error;
  const bool is_same =
      source_status.st_dev == target.status.st_dev && source_status.st_ino == target.status.st_ino;
  if (is_same) return 0;

  error = fill_target(target, source, source_status, flags);
  if (error == 0) error = keep_attributes(target.file(), source_status);
  if (error != 0) remove_if_made(new_path, target);
  return error;
}

}  // namespace violet

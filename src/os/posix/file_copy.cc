// Copying whole files, inside the kernel where it can.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "base/error.h"
#include "os/file.h"
#include "os/posix/copy_by_hand.h"
#include "os/posix/copy_target.h"
#include "os/posix/copy_ways.h"

namespace violet {
namespace {

// Copies the source's bytes from `offset` up to `end`, or to its end if that comes first, to the
// same place in the target. The first section needs no lseek(2), which may be refused: the target
// was opened just now, and nothing moved its position.
int copy_section(int target, int source, std::int64_t offset, std::int64_t end) {
  if (offset > 0 && lseek(target, offset, SEEK_SET) < 0) return last_error();
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
#ifdef SEEK_DATA
  std::int64_t begin = lseek(source, offset, SEEK_DATA);
  if (begin < 0) return errno == ENXIO ? Section{size, size} : Section{offset, size};
  std::int64_t end = lseek(source, begin, SEEK_HOLE);
  return {begin, end < 0 || end > size ? size : end};
#else
  static_cast<void>(source);
  return {offset, size};
#endif
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

int fill_target(CopyTarget& target, int source, const struct stat& source_status, int flags) {
  // Not before the target is open: what is wrong with that is told first, as by libuv.
  if (S_ISDIR(source_status.st_mode)) return UV_EISDIR;
  if ((flags & (UV_FS_COPYFILE_FICLONE | UV_FS_COPYFILE_FICLONE_FORCE)) != 0) {
    int error = clone_file(target, source, source_status);
    if (error == 0 || (flags & UV_FS_COPYFILE_FICLONE_FORCE) != 0) return error;
  }
  if (ftruncate(target.file(), 0) != 0) return last_error();
  if (source_status.st_size == 0) return copy_until_end(target.file(), source);
  return copy_contents(target.file(), source, source_status.st_size);
}

}  // namespace

int copy_file(const char* path, const char* new_path, int flags) {
  uv_file source;
  int error = open_file(path, O_RDONLY, 0, source);
  if (error != 0) return error;
  const OwnedDescriptor owned_source(descriptor_of_file(source));
  struct stat source_status;
  if (fstat(source, &source_status) != 0) return last_error();

  CopyTarget target;
  const bool must_be_new = (flags & UV_FS_COPYFILE_EXCL) != 0;
  error = open_copy_target(new_path, must_be_new, source_status.st_mode, target);
  if (error != 0) return error;
  const bool is_same =
      source_status.st_dev == target.status.st_dev && source_status.st_ino == target.status.st_ino;
  if (is_same) return 0;

  error = fill_target(target, source, source_status, flags);
  if (error == 0) {
    copy_more_attributes(target.file(), source);
    error = keep_attributes(target.file(), source_status);
  }
  if (error != 0) remove_if_made(new_path, target);
  return error;
}

}  // namespace violet

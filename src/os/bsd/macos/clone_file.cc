// A clone is always a new file: it is made under a name of its own beside the target, then takes
// the target's place.
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/attr.h>
#include <sys/clonefile.h>
#include <unistd.h>

#include <cerrno>

#include "base/error.h"
#include "os/file.h"
#include "os/posix/copy_ways.h"
#include "os/posix/opened.h"

namespace violet {
namespace {

// Another number than that of a file which happens to be there is soon found.
int make_clone(const FilePath& target_path, int source, FilePath& clone_path) {
  for (;;) {
    const int length =
        snprintf(clone_path, sizeof(clone_path), "%s.%08x", target_path, arc4random());
    if (length >= static_cast<int>(sizeof(clone_path))) return UV_ENAMETOOLONG;
    if (fclonefileat(source, AT_FDCWD, clone_path, 0) == 0) return 0;
    if (errno != EEXIST && errno != EINTR) return last_error();
  }
}

int put_in_place(const FilePath& clone_path, const FilePath& target_path, CopyTarget& target) {
  OwnedDescriptor clone;
  if (int error = take_opened(open(clone_path, O_RDONLY | O_CLOEXEC), clone); error != 0) {
    return error;
  }
  struct stat status;
  if (fstat(clone.get().native(), &status) != 0) return last_error();
  if (rename(clone_path, target_path) != 0) return last_error();
  target.owned = std::move(clone);
  target.status = status;
  return 0;
}

}  // namespace

int clone_file(CopyTarget& target, int source, const struct stat&) {
  FilePath target_path;
  FilePath clone_path;
  if (!path_of_file(target.file(), target_path)) return last_error();
  if (int error = make_clone(target_path, source, clone_path); error != 0) return error;
  const int error = put_in_place(clone_path, target_path, target);
  if (error != 0) unlink(clone_path);
  return error;
}

}  // namespace violet

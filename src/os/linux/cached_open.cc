// Opening and closing without waiting. A look at the mere path comes first: opening a FIFO would
// wait for its other end, and a device would notice.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "os/cached_file.h"
#include "os/file.h"
#include "os/linux/cached_path.h"

namespace violet {
namespace {

// What these ask for is another way of opening, a change, or no reading; the last one stays to be
// seen in the descriptor's flags, and cannot be set there afterwards.
constexpr int kNotHere =
    O_ACCMODE | O_CREAT | O_TRUNC | O_DIRECTORY | O_PATH | __O_TMPFILE | O_NOFOLLOW;

bool is_local_file(int descriptor, uv_stat_t& status) {
  return local_status(descriptor, status) == 0 && S_ISREG(status.st_mode);
}

// Whether the name stands for a file whose opening waits for nothing but a lease.
int look_at(const char* path) {
  OwnedDescriptor named;
  if (int error = open_cached_path(path, 0, named); error != 0) return error;
  uv_stat_t status;
  return is_local_file(named.get().native(), status) ? 0 : UV_EAGAIN;
}

}  // namespace

// By its name once more, for /proc/self/fd takes twice as long. Whatever takes the file's place
// between the two looks is opened as a program may open it at any time, only without waiting.
int open_cached_file(const char* path, int flags, uv_file& opened) {
  if ((flags & kNotHere) != 0) return UV_EAGAIN;
  if (int error = look_at(path); error != 0) return error;
  OwnedDescriptor file;
  if (int error = open_at_once(path, flags, file); error != 0) return error;
  opened = file.take().native();
  if ((flags & O_NONBLOCK) == 0) fcntl(opened, F_SETFL, flags);
  return 0;
}

// The last name and the last descriptor take a file's blocks along, and what was written may be
// flushed.
int close_cached_file(uv_file file) {
  const int flags = fcntl(file, F_GETFL);
  if (flags < 0 || (flags & O_ACCMODE) != O_RDONLY) return UV_EAGAIN;
  uv_stat_t status;
  if (!is_local_file(file, status) || status.st_nlink == 0) return UV_EAGAIN;
  return close_file(file);
}

}  // namespace violet

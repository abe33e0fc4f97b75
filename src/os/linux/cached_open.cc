// Opening and closing without waiting. A look at the mere path comes first: opening a FIFO would
// wait for its other end, and a device would notice.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>

#include "os/cached_file.h"
#include "os/file.h"
#include "os/linux/cached_path.h"

namespace violet {
namespace {

// What these ask for is another way of opening, a change, or no reading; the last one stays to be
// seen in the descriptor's flags, and cannot be set there afterwards.
constexpr int kNotHere =
    O_ACCMODE | O_CREAT | O_TRUNC | O_DIRECTORY | O_PATH | __O_TMPFILE | O_NOFOLLOW;

// Where /proc is not mounted.
std::atomic<bool> proc_is_missing{false};

bool is_local_file(int descriptor, uv_stat_t& status) {
  return local_status(descriptor, status) == 0 && S_ISREG(status.st_mode);
}

// The file that the descriptor names, whatever its name stands for by now. Without waiting for
// whoever has a lease (fcntl(2)) on it. Negative when that cannot be.
int open_again(int path_descriptor, int flags) {
  char name[32];
  std::snprintf(name, sizeof(name), "/proc/self/fd/%d", path_descriptor);
  const int opened = open(name, flags | O_CLOEXEC | O_NONBLOCK);
  if (opened < 0 && errno == ENOENT) proc_is_missing.store(true, std::memory_order_relaxed);
  if (opened >= 0 && (flags & O_NONBLOCK) == 0) fcntl(opened, F_SETFL, flags);
  return opened;
}

}  // namespace

int open_cached_file(const char* path, int flags, uv_file& opened) {
  if ((flags & kNotHere) != 0 || proc_is_missing.load(std::memory_order_relaxed)) return UV_EAGAIN;
  OwnedDescriptor named;
  if (int error = open_cached_path(path, 0, named); error != 0) return error;
  uv_stat_t status;
  const int number = named.get().native();
  if (!is_local_file(number, status)) return UV_EAGAIN;
  const int file = open_again(number, flags);
  if (file < 0) return UV_EAGAIN;
  // The file gets the number that opening it alone would have got: the lowest free one.
  if (dup3(file, number, O_CLOEXEC) == number) {
    named.take();
    close(file);
    opened = number;
  } else {
    opened = file;
  }
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

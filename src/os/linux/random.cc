#include "os/random.h"

#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "base/error.h"
#include "uv.h"

namespace violet {
namespace {

// Calls `read_some(target, size)`, a system call that may give less than asked, until all is there.
template <typename ReadSome>
int fill(void* buffer, std::size_t size, ReadSome read_some) {
  char* target = static_cast<char*>(buffer);
  while (size > 0) {
    ssize_t count = read_some(target, size);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return last_error();
    if (count == 0) return UV_EIO;
    target += count;
    size -= static_cast<std::size_t>(count);
  }
  return 0;
}

// For kernels before 3.17 and sandboxes that forbid getrandom().
int fill_from_device(void* buffer, std::size_t size) {
  int descriptor = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return last_error();
  struct stat status;
  int result = UV_EIO;
  // A container may have put a plain file there.
  if (fstat(descriptor, &status) == 0 && S_ISCHR(status.st_mode)) {
    result = fill(buffer, size, [descriptor](char* target, std::size_t rest) {
      return read(descriptor, target, rest);
    });
  }
  close(descriptor);
  return result;
}

}  // namespace

int fill_random(void* buffer, std::size_t size) {
  int result =
      fill(buffer, size, [](char* target, std::size_t rest) { return getrandom(target, rest, 0); });
  return result == UV_ENOSYS || result == UV_EPERM ? fill_from_device(buffer, size) : result;
}

}  // namespace violet

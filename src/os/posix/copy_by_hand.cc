#include "os/posix/copy_by_hand.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>

#include <uv.h>

#include "base/error.h"
#include "os/posix/repeat.h"

namespace violet {
namespace {

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

}  // namespace

bool is_unsupported(std::int64_t error) {
  // On some systems another number than ENOTSUP, and without a name in uv.h.
  if (error == error_from_errno(EOPNOTSUPP)) return true;
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

// An error after some bytes is left for the next call to meet.
std::int64_t copy_by_hand(int target, int source, std::int64_t offset, std::size_t length) {
  // Pipes know no offsets, but there is no such place in any file.
  if (offset < 0) return UV_EINVAL;
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

}  // namespace violet

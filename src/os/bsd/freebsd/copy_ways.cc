#include "os/posix/copy_ways.h"

#include <sys/types.h>

#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>

#include "base/error.h"
#include "os/file.h"
#include "os/posix/copy_by_hand.h"
#include "os/posix/repeat.h"

namespace violet {

// Sends to connected stream sockets only.
std::int64_t send_file(uv_file target, uv_file source, std::int64_t offset, std::size_t length) {
  if (length == 0) return 0;  // Would stand for everything.
  for (;;) {
    off_t sent = 0;
    if (sendfile(source, target, offset, length, nullptr, &sent, 0) == 0 || sent > 0) return sent;
    if (errno == EINTR) continue;
    const int error = last_error();
    // Full: by hand it is clear which of the two has to be waited for.
    const bool by_hand = error == UV_EAGAIN || is_unsupported(error);
    return by_hand ? copy_by_hand(target, source, offset, length) : error;
  }
}

std::int64_t copy_range(int target, int source, std::int64_t offset, std::size_t length) {
  off_t position = offset;
  return repeat([&] { return copy_file_range(source, &position, target, nullptr, length, 0); });
}

int clone_file(CopyTarget&, int, const struct stat&) {
  return UV_ENOTSUP;
}

void copy_more_attributes(int, int) {}

}  // namespace violet

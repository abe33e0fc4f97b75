#include "os/posix/copy_ways.h"

#include <copyfile.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/uio.h>

#include <cerrno>

#include "base/error.h"
#include "os/file.h"
#include "os/posix/copy_by_hand.h"

namespace violet {

// Sends to connected stream sockets only.
std::int64_t send_file(uv_file target, uv_file source, std::int64_t offset, std::size_t length) {
  if (length == 0) return 0;  // Would stand for everything.
  for (;;) {
    off_t amount = static_cast<off_t>(length);
    if (sendfile(source, target, offset, &amount, nullptr, 0) == 0) return amount;
    const int error = last_error();
    // After other errors the amount says nothing.
    const bool is_cut_short = error == UV_EAGAIN || error == UV_EINTR;
    if (is_cut_short && amount > 0) return amount;
    if (error == UV_EINTR) continue;
    // Full: by hand it is clear which of the two has to be waited for.
    const bool by_hand = error == UV_EAGAIN || is_unsupported(error);
    return by_hand ? copy_by_hand(target, source, offset, length) : error;
  }
}

std::int64_t copy_range(int, int, std::int64_t, std::size_t) {
  return UV_ENOSYS;
}

void copy_more_attributes(int target, int source) {
  fcopyfile(source, target, nullptr, COPYFILE_ACL | COPYFILE_XATTR);
}

}  // namespace violet

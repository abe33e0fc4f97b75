// No streams yet.
#include "os/socket.h"

namespace violet {

std::int64_t write_some(Descriptor, bool, const uv_buf_t*, unsigned int, Descriptor) {
  return UV_ENOTSUP;
}

}  // namespace violet

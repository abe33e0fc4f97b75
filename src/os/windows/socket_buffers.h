// Winsock's buffers, which ours are.
#pragma once

#include <cstddef>

#include "os/windows/winsock.h"
#include "uv.h"

namespace violet {

static_assert(sizeof(uv_buf_t) == sizeof(WSABUF) &&
              offsetof(uv_buf_t, len) == offsetof(WSABUF, len) &&
              offsetof(uv_buf_t, base) == offsetof(WSABUF, buf));

inline WSABUF* system_buffers(const uv_buf_t* buffers) {
  return reinterpret_cast<WSABUF*>(const_cast<uv_buf_t*>(buffers));
}

}  // namespace violet

#include "os/random.h"

#include "request/random.h"

namespace {

constexpr size_t kMaxRandomBytes = 0x7fffffff;

}  // namespace

int uv_random(uv_loop_t* loop, uv_random_t* req, void* buf, size_t buflen, unsigned int flags,
              uv_random_cb cb) {
  if (buflen > kMaxRandomBytes) return UV_E2BIG;
  if (flags != 0) return UV_EINVAL;
  if (cb == nullptr) return violet::fill_random(buf, buflen);
  if (loop == nullptr || req == nullptr) return UV_EINVAL;
  return violet::fill_random_later(violet::loop_of(loop), violet::view<violet::Random>(req), buf,
                                   buflen, cb);
}

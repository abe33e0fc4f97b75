// OpenBSD and macOS do not let a thread choose its processors, nor tell which one it is on.
#include "os/user_thread.h"

namespace violet {

int cpu_mask_size() {
  return UV_ENOTSUP;
}

int user_thread_set_affinity(uv_thread_t*, const char*, char*, std::size_t) {
  return UV_ENOTSUP;
}

int user_thread_affinity(uv_thread_t*, char*, std::size_t) {
  return UV_ENOTSUP;
}

int current_cpu() {
  return UV_ENOTSUP;
}

}  // namespace violet

#include "os/thread_name.h"

#include <pthread.h>

#include "base/error.h"
#include "os/posix/thread_names.h"

namespace violet {
namespace {

constexpr std::size_t kMaximumNameLength = 15;

}  // namespace

int set_current_thread_name(const char* name) {
  char cut[kMaximumNameLength + 1];
  cut_name(name, cut, sizeof(cut));
  return error_from_errno(pthread_setname_np(pthread_self(), cut));
}

}  // namespace violet

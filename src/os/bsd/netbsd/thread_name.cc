#include "os/thread_name.h"

#include <pthread.h>

#include "base/error.h"
#include "os/posix/thread_names.h"
#include "os/user_thread.h"

namespace violet {

int set_current_thread_name(const char* name) {
  char cut[PTHREAD_MAX_NAMELEN_NP];
  cut_name(name, cut, sizeof(cut));
  return error_from_errno(pthread_setname_np(pthread_self(), "%s", cut));
}

int user_thread_name(uv_thread_t* thread, char* name, std::size_t size) {
  char full[PTHREAD_MAX_NAMELEN_NP] = {};
  const int error = pthread_getname_np(*thread, full, sizeof(full));
  if (error != 0) return error_from_errno(error);
  cut_name(full, name, size);
  return 0;
}

}  // namespace violet

// FreeBSD and OpenBSD.
#include "os/thread_name.h"

#include <pthread.h>
#include <pthread_np.h>
#include <sys/param.h>

#include "os/posix/thread_names.h"
#include "os/user_thread.h"

namespace violet {

int set_current_thread_name(const char* name) {
  // What the kernel keeps of a name.
  char cut[MAXCOMLEN + 1];
  cut_name(name, cut, sizeof(cut));
  pthread_set_name_np(pthread_self(), cut);
  return 0;
}

int user_thread_name(uv_thread_t* thread, char* name, std::size_t size) {
  char full[MAXCOMLEN + 1] = {};
  pthread_get_name_np(*thread, full, sizeof(full));
  cut_name(full, name, size);
  return 0;
}

}  // namespace violet

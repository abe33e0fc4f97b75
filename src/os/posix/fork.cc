#include "os/fork.h"

#include <pthread.h>

#include "core/error.h"

namespace violet {

int call_in_forked_child(void (*function)()) {
  return error_from_errno(pthread_atfork(nullptr, nullptr, function));
}

}  // namespace violet

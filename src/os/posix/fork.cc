#include "os/fork.h"

#include <pthread.h>

#include "base/error.h"

namespace violet {

int call_in_forked_child(void (*function)()) {
  return call_around_fork(nullptr, nullptr, function);
}

int call_around_fork(void (*before)(), void (*in_parent)(), void (*in_child)()) {
  return error_from_errno(pthread_atfork(before, in_parent, in_child));
}

}  // namespace violet

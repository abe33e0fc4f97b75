#include "os/user_thread.h"

#include <pthread.h>

#include "base/allocator.h"
#include "base/error.h"
#include "os/posix/thread_attributes.h"

namespace violet {
namespace {

struct Start {
  uv_thread_cb entry;
  void* argument;
};

void* run(void* argument) {
  Start* allocated = static_cast<Start*>(argument);
  Start start = *allocated;
  release(allocated);
  start.entry(start.argument);
  return nullptr;
}

}  // namespace

int user_thread_create(uv_thread_t* thread, std::size_t stack_size, uv_thread_cb entry,
                       void* argument) {
  Owned<Start> start(create<Start>(Start{entry, argument}));
  if (!start) return UV_ENOMEM;
  int error = create_thread(thread, stack_size, run, start.get());
  if (error != 0) return error_from_errno(error);
  start.take();
  return 0;
}

int user_thread_join(uv_thread_t* thread) {
  return error_from_errno(pthread_join(*thread, nullptr));
}

int user_thread_detach(uv_thread_t* thread) {
  return error_from_errno(pthread_detach(*thread));
}

uv_thread_t user_thread_self() {
  return pthread_self();
}

bool user_thread_equal(const uv_thread_t* left, const uv_thread_t* right) {
  return pthread_equal(*left, *right) != 0;
}

}  // namespace violet

#include "os/thread.h"

#include <sched.h>

#include <cerrno>
#include <ctime>

#include "core/allocator.h"
#include "core/error.h"
#include "os/clock.h"
#include "os/posix/require.h"
#include "os/posix/thread_attributes.h"
#include "os/thread_name.h"

namespace violet {
namespace {

struct Start {
  Thread::Entry entry;
  void* argument;
  const char* name;
};

void* run(void* argument) {
  Owned<Start> owner(static_cast<Start*>(argument));
  Start start = *owner.get();
  owner = Owned<Start>();
  if (start.name != nullptr) set_current_thread_name(start.name);
  start.entry(start.argument);
  return nullptr;
}

}  // namespace

void Mutex::lock() {
  require(pthread_mutex_lock(&native_));
}

void Mutex::unlock() {
  require(pthread_mutex_unlock(&native_));
}

bool Mutex::try_lock() {
  int error = pthread_mutex_trylock(&native_);
  if (error != EBUSY) require(error);
  return error == 0;
}

Condition::Condition() {
  require(initialize_monotonic_condition(&native_));
}

Condition::~Condition() {
  require(pthread_cond_destroy(&native_));
}

void Condition::wait(Mutex& mutex) {
  require(pthread_cond_wait(&native_, &mutex.native_));
}

bool Condition::wait_for(Mutex& mutex, std::uint64_t nanoseconds) {
  timespec deadline = monotonic_deadline(nanoseconds);
  int error = pthread_cond_timedwait(&native_, &mutex.native_, &deadline);
  if (error != ETIMEDOUT) require(error);
  return error == 0;
}

void Condition::signal() {
  require(pthread_cond_signal(&native_));
}

void Condition::broadcast() {
  require(pthread_cond_broadcast(&native_));
}

void Once::call(void (*function)()) {
  require(pthread_once(&native_, function));
}

int Thread::start(Entry entry, void* argument, const ThreadOptions& options) {
  Owned<Start> start(create<Start>(Start{entry, argument, options.name}));
  if (!start) return error_from_errno(ENOMEM);
  int error = create_thread(&native_, options.stack_size, run, start.get());
  if (error != 0) return error_from_errno(error);
  start.take();
  return 0;
}

void Thread::join() {
  require(pthread_join(native_, nullptr));
}

bool Thread::is_current() const {
  return pthread_equal(native_, pthread_self()) != 0;
}

void yield_thread() {
  sched_yield();
}

}  // namespace violet

#include "os/thread.h"

#include <sched.h>

#include <cerrno>

#include "base/error.h"
#include "os/clock.h"
#include "os/posix/require.h"
#include "os/posix/thread_attributes.h"
#include "os/posix/timed_condition.h"
#include "os/signal_actions.h"
#include "os/thread_name.h"

namespace violet {
namespace {

void* run_thread(void* argument) {
  static_cast<const Thread*>(argument)->run();
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
  require(initialize_timed_condition(&native_));
}

Condition::~Condition() {
  require(pthread_cond_destroy(&native_));
}

void Condition::wait(Mutex& mutex) {
  require(pthread_cond_wait(&native_, &mutex.native_));
}

bool Condition::wait_for(Mutex& mutex, std::uint64_t nanoseconds) {
  int error = wait_for_time(&native_, &mutex.native_, nanoseconds);
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

SignalMask SignalMask::own() {
  SignalMask mask;
  pthread_sigmask(SIG_SETMASK, nullptr, &mask.native_);
  return mask;
}

int Thread::start(Entry entry, void* argument, const ThreadOptions& options) {
  // Until the thread has its own mask no signal may find it.
  SignalsBlocked blocked;
  mask_ = options.signals != nullptr ? options.signals->native_ : blocked.before();
  entry_ = entry;
  argument_ = argument;
  name_ = options.name;
  int error = create_thread(&native_, options.stack_size, run_thread, this);
  return error == 0 ? 0 : error_from_errno(error);
}

void Thread::run() const {
  restore_signals(mask_);
  if (name_ != nullptr) set_current_thread_name(name_);
  entry_(argument_);
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

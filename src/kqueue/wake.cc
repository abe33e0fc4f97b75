// Waking the loop from other threads and signal handlers, and starting over after fork(2).
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "base/error.h"
#include "kqueue/engine_class.h"

namespace violet {
namespace {

bool prepare_pipe_end(int descriptor) {
  return fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0 && fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0;
}

void ring(int queue) {
#ifdef EVFILT_USER
  const Event trigger = change_of(0, EVFILT_USER, 0, NOTE_TRIGGER);
  while (kevent(queue, &trigger, 1, nullptr, 0, nullptr) < 0 && errno == EINTR) {
  }
#else
  static_cast<void>(queue);
#endif
}

}  // namespace

int KqueueEngine::open_wake_pipe() {
  int ends[2];
  if (pipe(ends) != 0) return last_error();
  wake_reader_ = ends[0];
  wake_writer_ = ends[1];
  if (!prepare_pipe_end(wake_reader_) || !prepare_pipe_end(wake_writer_)) return last_error();
  const Event change = change_of(static_cast<std::uintptr_t>(wake_reader_), EVFILT_READ, EV_ADD);
  return kevent(queue_, &change, 1, nullptr, 0, nullptr) == 0 ? 0 : last_error();
}

void KqueueEngine::close_wake_pipe() {
  if (wake_reader_ >= 0) close(wake_reader_);
  if (wake_writer_ >= 0) close(wake_writer_);
  wake_reader_ = wake_writer_ = -1;
}

void KqueueEngine::wake() {
  if (!wake_flag_.raise()) return;
  const int saved_errno = errno;
  if (wake_writer_ < 0) {
    ring(queue_);
  } else {
    // A full pipe wakes as well.
    while (::write(wake_writer_, "", 1) < 0 && errno == EINTR) {
    }
  }
  errno = saved_errno;
}

bool KqueueEngine::take_wake(const Event& event) {
  if (wake_reader_ >= 0) {
    const bool is_ours = event.ident == static_cast<std::uintptr_t>(wake_reader_);
    if (event.filter != EVFILT_READ || !is_ours) return false;
    char bytes[64];
    while (::read(wake_reader_, bytes, sizeof(bytes)) > 0) {
    }
  } else {
#ifdef EVFILT_USER
    if (event.filter != EVFILT_USER) return false;
#endif
  }
  wake_flag_.lower();
  return true;
}

int KqueueEngine::after_fork() {
  // The child has no queue: its number is free, or somebody else's by now, and is not ours to
  // close.
  queue_ = -1;
  abandon_selecting();
  close_wake_pipe();
  if (int error = open_queue(); error != 0) return error;
  return watch_all_anew();
}

void KqueueEngine::block_signal(int signal_number) {
  blocks_signal_ = signal_number != 0;
  sigemptyset(&blocked_);
  if (blocks_signal_) sigaddset(&blocked_, signal_number);
}

}  // namespace violet

// Creating the engine and finding out what this kernel offers.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "base/allocator.h"
#include "base/error.h"
#include "kqueue/engine_class.h"

namespace violet {

const EngineFactory kKqueueFactory = {"kqueue", create_engine<KqueueEngine>};

int KqueueEngine::open(const char*& refusal) {
  if (int error = open_queue(); error != 0) {
    refusal = "kqueue or pipe failed";
    return error;
  }
  features_[0] = {"changes and events in one call (kevent)", nullptr};
  features_[1] = {"wake-up without a descriptor (EVFILT_USER)", nullptr};
  if (wake_reader_ >= 0) {
    features_[1].refusal = "the system is older than the filter; a pipe is used";
  }
  features_[2] = {"out-of-band data (EVFILT_EXCEPT)", nullptr};
  if (!kHasExceptFilter) features_[2].refusal = "the system has no such filter";
  return 0;
}

int KqueueEngine::open_queue() {
  queue_ = kqueue();
  descriptor_changed(queue_);
  if (queue_ < 0) return last_error();
  // A forked child never inherits a kqueue, so there is no race before this call; it matters for
  // exec without fork.
  fcntl(queue_, F_SETFD, FD_CLOEXEC);
#ifdef EVFILT_USER
  Event change = change_of(0, EVFILT_USER, EV_ADD | EV_CLEAR);
  if (kevent(queue_, &change, 1, nullptr, 0, nullptr) == 0) return 0;
#endif
  return open_wake_pipe();
}

const Feature* KqueueEngine::features(std::size_t& count) const {
  count = sizeof(features_) / sizeof(features_[0]);
  return features_;
}

void KqueueEngine::destroy() {
  stop_selecting();
  close_wake_pipe();
  if (queue_ >= 0) close(queue_);
  violet::destroy(this);
}

}  // namespace violet

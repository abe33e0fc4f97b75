// Creating the engine and finding out what this kernel offers.
#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>

#include "base/allocator.h"
#include "base/error.h"
#include "epoll/engine_class.h"
#include "epoll/kernel.h"

namespace violet {

const EngineFactory kEpollFactory = {"epoll", create_engine<EpollEngine>};

int EpollEngine::open(const char*& refusal) {
  if (int error = open_kernel_objects(); error != 0) {
    refusal = "epoll_create1 or eventfd failed";
    return error;
  }
  features_[0] = {"eventfd wake-up", nullptr};
  features_[1] = {"nanosecond wait (epoll_pwait2)", nullptr};
  // A call that waits for nothing tells whether the kernel (5.11) and a seccomp filter allow it.
  const timespec no_time = {};
  if (epoll_wait_ns(epoll_, batch_, 1, &no_time, nullptr) < 0) {
    has_nanosecond_wait_ = false;
    features_[1].refusal =
        errno == ENOSYS ? "the kernel is older than 5.11; waits are rounded up to milliseconds"
                        : "a seccomp filter refuses it; waits are rounded up to milliseconds";
  }
  return 0;
}

int EpollEngine::open_kernel_objects() {
  epoll_ = epoll_create1(EPOLL_CLOEXEC);
  descriptor_changed(epoll_);
  if (epoll_ < 0) return last_error();
  wake_event_ = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (wake_event_ < 0) return last_error();
  // Edge-triggered: every write shows as an event of its own, and nobody has to read the counter
  // back.
  epoll_event event = {};
  event.events = EPOLLIN | EPOLLET;
  event.data.fd = wake_event_;
  return epoll_ctl(epoll_, EPOLL_CTL_ADD, wake_event_, &event) == 0 ? 0 : last_error();
}

void EpollEngine::close_kernel_objects() {
  if (wake_event_ >= 0) close(wake_event_);
  if (epoll_ >= 0) close(epoll_);
  wake_event_ = epoll_ = -1;
}

const Feature* EpollEngine::features(std::size_t& count) const {
  count = sizeof(features_) / sizeof(features_[0]);
  return features_;
}

void EpollEngine::destroy() {
  close_kernel_objects();
  violet::destroy(this);
}

}  // namespace violet

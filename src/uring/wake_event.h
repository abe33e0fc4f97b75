// What other threads and signal handlers wake the loop by: an eventfd that the ring polls.
#pragma once

#include <cstdint>

#include "readiness/wake_flag.h"
#include "uring/ring.h"

namespace violet {

class WakeEvent {
 public:
  // 0 or a negative UV_E*.
  int open() { return open_with(0); }
  // In a child process: replaces the parent's event, unless that is done already. A wake-up that
  // the parent's carried must not be lost, so the new event begins with one.
  int reopen() { return is_open() ? 0 : open_with(1); }
  // In a child process: lets go of the parent's.
  void leave_parent();
  void close();
  bool is_open() const { return event_ >= 0; }

  // From any thread and from signal handlers.
  void wake();

  // Has the ring tell of wake-ups, unless it does. Where its queue is full and the kernel takes
  // nothing of it, the next call tries again.
  void watch(Ring& ring);
  // The ring is gone.
  void watch_is_over() { is_watched_ = false; }
  // To be called for each completion of the poll that watch() asked for.
  void complete(Ring& ring, std::uint32_t flags);

 private:
  int open_with(unsigned int count);

  int event_ = -1;
  WakeFlag flag_;
  bool is_watched_ = false;
};

}  // namespace violet

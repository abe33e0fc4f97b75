#include "uring/wake_event.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cassert>
#include <cerrno>

#include "base/error.h"
#include "uring/key.h"

namespace violet {

int WakeEvent::open_with(unsigned int count) {
  assert(!is_open());
  event_ = eventfd(count, EFD_CLOEXEC | EFD_NONBLOCK);
  return event_ >= 0 ? 0 : last_error();
}

void WakeEvent::close() {
  if (is_open()) ::close(event_);
  event_ = -1;
}

void WakeEvent::leave_parent() {
  close();
  flag_.raise_unasked();
}

void WakeEvent::wake() {
  if (!flag_.raise()) return;
  int saved_errno = errno;
  const std::uint64_t one = 1;
  // It cannot fail but for an interruption: the counter never gets near its limit.
  while (::write(event_, &one, sizeof(one)) < 0 && errno == EINTR) {
  }
  errno = saved_errno;
}

// Multishot: every write to the event is a completion of its own, and nobody reads the counter
// back.
void WakeEvent::watch(Ring& ring) {
  if (is_watched_) return;
  io_uring_sqe* entry = ring.next_entry();
  if (entry == nullptr) return;
  io_uring_prep_poll_multishot(entry, event_, POLLIN);
  entry->user_data = Key{Completion::kWake, 0, 0, 0}.packed();
  is_watched_ = true;
}

void WakeEvent::complete(Ring& ring, std::uint32_t flags) {
  // Before the loop looks into its inbox: a wake from now on has to be written again.
  flag_.lower();
  if ((flags & IORING_CQE_F_MORE) != 0) return;
  is_watched_ = false;
  watch(ring);
}

}  // namespace violet

#include "uring/loop_ring.h"

#include <atomic>
#include <cassert>

#include "uring/settings.h"
#include "uring/support.h"

namespace violet {
namespace {

constexpr unsigned int kDefaultEntries = 256;

// A ring whose descriptor a program polls must not defer its work: that is done in our own waits
// only, so the descriptor would never become readable.
constexpr unsigned int kEmbeddedSetup = kPoliteSetup | IORING_SETUP_COOP_TASKRUN;

bool is_deferred() {
  return (uring_support().setup_flags & IORING_SETUP_DEFER_TASKRUN) != 0;
}

// Identifies a thread for ever: pthread_self() is reused when a thread has ended, and for the
// kernel the new thread is another submitter.
std::uint64_t this_thread() {
  static std::atomic<std::uint64_t> last_number{0};
  static thread_local std::uint64_t number = 0;
  if (number == 0) number = last_number.fetch_add(1, std::memory_order_relaxed) + 1;
  return number;
}

}  // namespace

int LoopRing::open() {
  assert(!is_open() && !enabled_);
  const UringSupport& offered = uring_support();
  const unsigned int entries = number_setting("VIOLET_URING_ENTRIES", kDefaultEntries, 32768);
  const unsigned int flags = embedded_ && is_deferred() ? kEmbeddedSetup : offered.setup_flags;
  return Ring::open(entries, flags, offered.no_disk_wait);
}

int LoopRing::open_patiently() {
  return once_memory_is_back([this] { return open(); });
}

int LoopRing::enable() {
  assert(is_open() && !enabled_);
  if (int error = Ring::enable(); error != 0) return error;
  enabled_ = true;
  owner_ = this_thread();
  return 0;
}

bool LoopRing::is_mine() const {
  return enabled_ && owner_ == this_thread() && is_ours();
}

bool LoopRing::is_elsewhere() const {
  return enabled_ && owner_ != this_thread() && is_ours();
}

bool LoopRing::embed() {
  if (embedded_ || !is_deferred()) return false;
  embedded_ = true;
  return true;
}

}  // namespace violet

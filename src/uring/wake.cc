// Waking the loop, and starting over on another thread or in a child process.
#include <poll.h>
#include <sys/auxv.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>

#include "base/error.h"
#include "uring/engine_class.h"

namespace violet {

bool is_privileged_start() {
  return getauxval(AT_SECURE) != 0;
}

void UringEngine::wake() {
  if (wake_is_under_way_.exchange(true, std::memory_order_seq_cst)) return;
  int saved_errno = errno;
  const std::uint64_t one = 1;
  // It cannot fail but for an interruption: the counter never gets near its limit.
  while (::write(wake_event_, &one, sizeof(one)) < 0 && errno == EINTR) {
  }
  errno = saved_errno;
}

// Multishot: every write to the event is a completion of its own, and nobody reads the counter
// back.
void UringEngine::watch_wake_event() {
  io_uring_sqe* entry = ring_.next_entry();
  if (entry == nullptr) return;
  io_uring_prep_poll_multishot(entry, wake_event_, POLLIN);
  entry->user_data = Key{Completion::kWake, 0, 0, 0}.packed();
}

std::uint64_t UringEngine::this_thread() {
  static std::atomic<std::uint64_t> last_number{0};
  static thread_local std::uint64_t number = 0;
  if (number == 0) number = last_number.fetch_add(1, std::memory_order_relaxed) + 1;
  return number;
}

// The first thread that runs the loop becomes the ring's only submitter. Should another one take
// over, the kernel would refuse its submissions, so the ring is replaced. A child process that goes
// on without uv_loop_fork() gets a ring of its own when it first needs one.
int UringEngine::adopt_thread() {
  if (enabled_ && owner_ == this_thread() && ring_.is_ours()) return 0;
  leave_ring();
  if (wake_event_ < 0) {
    if (int error = open_wake_event(); error != 0) return error;
  }
  if (!ring_.is_open()) {
    if (int error = open_ring(); error != 0) return error;
  }
  if (int error = ring_.enable(); error != 0) return error;
  enabled_ = true;
  owner_ = this_thread();
  open_buffers();
  watch_wake_event();
  resume();
  return 0;
}

// Of a ring that was never enabled nothing was asked.
void UringEngine::leave_ring() {
  if (ring_.is_open() && !ring_.is_ours()) leave_parent();
  if (enabled_) leave_thread();
}

// What the old ring has done is taken over; what it has not is asked for again.
void UringEngine::leave_thread() {
  // So that nothing is received while we look.
  buffers_.withdraw(ring_.raw());
  datagram_buffers_.withdraw(ring_.raw());
  reap(found_);
  leave_buffers();
  ring_.close();
  watches_files_ = false;
  enabled_ = false;
}

// The queues were not mapped into this process; only the descriptors were inherited.
void UringEngine::leave_parent() {
  leave_buffers();
  files_.leave_parent(found_);
  ring_.close();
  watches_files_ = false;
  enabled_ = false;
  close(wake_event_);
  wake_event_ = -1;
  // A wake-up that the old event carried must not be lost: the new one begins with it.
  wake_is_under_way_.store(true, std::memory_order_seq_cst);
}

int UringEngine::after_fork() {
  if (ring_.is_open() && !ring_.is_ours()) leave_parent();
  if (wake_event_ < 0) {
    if (int error = open_wake_event(); error != 0) return error;
  }
  return ring_.is_open() ? 0 : open_ring_patiently();
}

// Takes the bytes of ours out of buffers that go away.
void UringEngine::leave_buffers() {
  channels_.for_each([&](ChannelRecord& record) {
    if (move_chunks_to_heap(record)) return;
    drop_chunks(record);
    note_end(record, UV_ENOMEM);
  });
  buffers_.close();
  datagram_buffers_.close();
}

// Asks a new ring for everything that the old one was asked for.
void UringEngine::resume() {
  channels_.for_each([&](ChannelRecord& record) {
    bool in_use = record.channel != nullptr;
    if (!in_use && record.in_kernel > 0) channels_.give_back(record);
    record.in_kernel = 0;
    record.polled = kNoEvents;
    record.receive = record.accept = Multishot::kOff;
    if (in_use) note_change(*record.channel);
  });
  ops_.for_each([&](OpRecord& record) { resume_op(record); });
}

// What was under way waits for writability: its owner then submits again what is left of it.
void UringEngine::resume_op(OpRecord& record) {
  switch (record.stage) {
    case OpStage::kFree:
      break;
    case OpStage::kAbandoned:
      release_op_record(record);
      break;
    case OpStage::kCancelled:
      end_op(record, UV_ECANCELED, found_);
      break;
    case OpStage::kWorking:
    case OpStage::kPolling:
      if (poll_for_write(record) != Submitted::kPending) {
        end_op(record, record.op->result, found_);
      }
      break;
  }
}

// From another thread than the loop's the ring cannot be replaced; the loop's own has to ask first.
int UringEngine::fd() {
  const bool is_deferred = (uring_support().setup_flags & IORING_SETUP_DEFER_TASKRUN) != 0;
  const bool is_elsewhere = enabled_ && ring_.is_ours() && owner_ != this_thread();
  if (embedded_ || !is_deferred || is_elsewhere) return ring_.fd();
  embedded_ = true;
  const bool was_enabled = enabled_;
  leave_ring();
  ring_.close();
  if (was_enabled) flush();
  if (!ring_.is_open()) open_ring_patiently();
  return ring_.fd();
}

void UringEngine::block_signal(int signal_number) {
  blocks_signal_ = signal_number != 0;
  sigemptyset(&blocked_);
  if (blocks_signal_) sigaddset(&blocked_, signal_number);
}

}  // namespace violet

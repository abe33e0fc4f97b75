// The two queues shared with the kernel: submissions and completions.
#pragma once

#include <liburing.h>
#include <signal.h>

#include <cstdint>

#include "uring/kernel.h"

namespace violet {

class Ring {
 public:
  Ring() { ring_.ring_fd = -1; }

  // Sets the ring up, not yet enabled: the thread that enables it is the one that may submit. 0 or
  // a negative UV_E*.
  int open(unsigned int entries, unsigned int setup_flags, bool no_disk_wait);
  // With the flags that every ring has.
  static constexpr unsigned int setup_flags_with(unsigned int setup_flags) {
    return setup_flags | IORING_SETUP_CLAMP | IORING_SETUP_CQSIZE | IORING_SETUP_R_DISABLED;
  }
  int enable() { return io_uring_enable_rings(&ring_); }
  void close();
  bool is_open() const { return ring_.ring_fd >= 0; }
  // False in a child process, where the queues are not mapped. There next_entry() is null, entering
  // is UV_ENXIO, nothing is reaped, and close() closes the descriptor only.
  bool is_ours() const { return mark_ != nullptr && *mark_ != 0; }
  int fd() const { return ring_.ring_fd; }
  io_uring* raw() { return &ring_; }

  // A zeroed submission entry. When the queue is full, what is in it is submitted first; null if
  // the kernel takes none of it.
  io_uring_sqe* next_entry();

  bool has_unsubmitted() const {
    return is_ours() && ring_.sq.sqe_tail != io_uring_smp_load_acquire(ring_.sq.khead);
  }

  // True when an enter would find completions without waiting.
  bool has_news() const;

  // True when completions wait in the kernel because the queue was full. submit() moves them.
  bool has_overflowed() const { return is_ours() && has_flag(IORING_SQ_CQ_OVERFLOW); }

  // Submits everything and waits for a completion: not at all with 0, without end with kNoDeadline.
  // `signals` may be null. 0 or a negative UV_E*.
  int enter(std::uint64_t timeout_ns, const sigset_t* signals);
  // Submits everything; waits for nothing.
  int submit();

  // Cancels all that is under way and waits for none of it. The kernel would do so itself, but only
  // after the process has gone: until then its sockets do not end, and its ports stay taken.
  void call_off_everything();

  // Calls visit(user_data, result, flags) for each completion that is there, and counts them.
  template <typename Visit>
  unsigned int reap(Visit visit) {
    unsigned int count = 0;
    if (!is_ours()) return count;
    io_uring_cq& queue = ring_.cq;
    unsigned int head = *queue.khead;
    for (;;) {
      unsigned int tail = io_uring_smp_load_acquire(queue.ktail);
      if (head == tail) return count;
      for (; head != tail; ++count) {
        const io_uring_cqe completion = queue.cqes[head & queue.ring_mask];
        // Given back before the visit, so that a visitor that submits never meets a full queue.
        io_uring_smp_store_release(queue.khead, ++head);
        visit(completion.user_data, completion.res, completion.flags);
      }
    }
  }

 private:
  int make_mark();
  void drop_mark();
  // Makes new entries visible to the kernel and says how many it has not taken.
  unsigned int publish();
  bool has_flag(unsigned int flags) const {
    return (io_uring_smp_load_acquire(ring_.sq.kflags) & flags) != 0;
  }

  io_uring ring_ = {};
  // Lies on a page that the kernel clears in a forked child, however it was forked. So a child
  // finds out without a fork handler and without a system call.
  char* mark_ = nullptr;
  bool no_disk_wait_ = false;
};

}  // namespace violet

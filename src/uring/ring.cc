#include "uring/ring.h"

#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include "base/error.h"
#include "engine.h"

namespace violet {
namespace {

constexpr std::uint64_t kNanosecondsPerSecond = 1000000000;
// The kernel's signal sets hold 64 signals.
constexpr std::uint32_t kKernelSignalSetSize = 8;

// A completion queue of several times the submission queue's size keeps bursts of multishot
// completions from overflowing into the kernel's slow list.
constexpr unsigned int kCompletionsPerSubmission = 8;

// Rounded up to a page by the kernel.
constexpr std::size_t kMarkSize = 1;

}  // namespace

int Ring::open(unsigned int entries, unsigned int setup_flags, bool no_disk_wait) {
  if (int error = make_mark(); error != 0) return error;
  io_uring_params parameters = {};
  parameters.flags = setup_flags_with(setup_flags);
  parameters.cq_entries = entries * kCompletionsPerSubmission;
  if (int error = io_uring_queue_init_params(entries, &ring_, &parameters); error < 0) {
    ring_.ring_fd = -1;
    drop_mark();
    return error;
  }
  // A child process must not touch queues that its parent goes on using.
  io_uring_ring_dontfork(&ring_);
  no_disk_wait_ = no_disk_wait;
  return 0;
}

void Ring::close() {
  if (!is_open()) return;
  if (is_ours()) {
    io_uring_queue_exit(&ring_);
  } else {
    ::close(ring_.ring_fd);
  }
  ring_ = {};
  ring_.ring_fd = -1;
  drop_mark();
}

int Ring::make_mark() {
  void* page = mmap(nullptr, kMarkSize, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (page == MAP_FAILED) return last_error();
  mark_ = static_cast<char*>(page);
  if (madvise(page, kMarkSize, MADV_WIPEONFORK) != 0) {
    const int error = last_error();
    drop_mark();
    return error;
  }
  *mark_ = 1;
  return 0;
}

void Ring::drop_mark() {
  munmap(mark_, kMarkSize);
  mark_ = nullptr;
}

bool Ring::has_news() const {
  if (!is_ours()) return false;
  return *ring_.cq.khead != io_uring_smp_load_acquire(ring_.cq.ktail) ||
         has_flag(IORING_SQ_TASKRUN | IORING_SQ_CQ_OVERFLOW);
}

unsigned int Ring::publish() {
  io_uring_sq& queue = ring_.sq;
  for (; queue.sqe_head != queue.sqe_tail; ++queue.sqe_head) {
    unsigned int index = queue.sqe_head & queue.ring_mask;
    if (queue.array != nullptr) queue.array[index] = index;
  }
  io_uring_smp_store_release(queue.ktail, queue.sqe_tail);
  return queue.sqe_tail - io_uring_smp_load_acquire(queue.khead);
}

int Ring::enter(std::uint64_t timeout_ns, const sigset_t* signals) {
  if (!is_ours()) return UV_ENXIO;
  unsigned int to_submit = publish();
  unsigned int flags = IORING_ENTER_GETEVENTS | IORING_ENTER_EXT_ARG;
  if (no_disk_wait_) flags |= kernel::kEnterNoDiskWait;
  __kernel_timespec timeout = {};
  io_uring_getevents_arg argument = {};
  argument.sigmask = reinterpret_cast<std::uintptr_t>(signals);
  argument.sigmask_sz = kKernelSignalSetSize;
  if (timeout_ns != kNoDeadline) {
    timeout.tv_sec = static_cast<std::int64_t>(timeout_ns / kNanosecondsPerSecond);
    timeout.tv_nsec = static_cast<std::int64_t>(timeout_ns % kNanosecondsPerSecond);
    argument.ts = reinterpret_cast<std::uintptr_t>(&timeout);
  }
  unsigned int wait_for = timeout_ns == 0 ? 0 : 1;
  long result = syscall(SYS_io_uring_enter, ring_.ring_fd, to_submit, wait_for, flags, &argument,
                        sizeof(argument));
  return result < 0 ? last_error() : 0;
}

int Ring::submit() {
  if (!is_ours()) return UV_ENXIO;
  // While completions wait in its overflow list, the kernel takes no submissions. An enter that
  // gets events moves them to the queue first, as far as there is room.
  if (has_flag(IORING_SQ_CQ_OVERFLOW)) return enter(0, nullptr);
  unsigned int to_submit = publish();
  if (to_submit == 0) return 0;
  long result = syscall(SYS_io_uring_enter, ring_.ring_fd, to_submit, 0, 0, nullptr, 0);
  return result < 0 ? last_error() : 0;
}

void Ring::call_off_everything() {
  if (!is_ours()) return;
  io_uring_sync_cancel_reg everything = {};
  everything.fd = -1;
  everything.flags = IORING_ASYNC_CANCEL_ALL | IORING_ASYNC_CANCEL_ANY;
  // Both are refused to any thread but the ring's, the first by kernels before 6.0, too.
  io_uring_register_sync_cancel(&ring_, &everything);
  // Until their completions are fetched, the requests hold on to their files.
  io_uring_get_events(&ring_);
}

io_uring_sqe* Ring::next_entry() {
  if (!is_ours()) return nullptr;
  io_uring_sqe* entry = io_uring_get_sqe(&ring_);
  if (entry == nullptr) {
    submit();
    entry = io_uring_get_sqe(&ring_);
    if (entry == nullptr) return nullptr;
  }
  *entry = {};
  return entry;
}

}  // namespace violet

// The queues of this process: created, found, closed, and gone in a child.
#include <fcntl.h>
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <mutex>

#include "filter.h"
#include "in_library/closes.h"
#include "queue.h"

namespace kqueue_on_linux {
namespace {

std::mutex mutex;
// Written under the lock before a fork, for the handlers after it.
sigset_t mask_before_fork;

// Never destroyed: threads and handlers may outlive static objects.
std::map<int, std::unique_ptr<Queue>>& queues() {
  static auto& all = *new std::map<int, std::unique_ptr<Queue>>;
  return all;
}

// The process whose queues these are. Another one is a child: of vfork(2), which shares our memory
// but not our descriptors, or of a fork(2) that ran no handlers.
pid_t owner = 0;

void close_really(int descriptor) {
  if (descriptor >= 0) syscall(SYS_close, descriptor);
}

void close_helpers(Queue& queue) {
  for (const Registration& registration : queue.resting)
    close_really(registration.process);
  for (const Registration& registration : queue.to_look_at)
    close_really(registration.process);
  close_really(queue.signal);
  close_really(queue.notifications);
}

void before_fork() {
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, &before);
  mutex.lock();
  mask_before_fork = before;
}

void after_fork_in_parent() {
  const sigset_t before = mask_before_fork;
  mutex.unlock();
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

// "The queue is not inherited by a child created with fork(2)."
void after_fork_in_child() {
  for (auto& [descriptor, queue] : queues()) {
    close_helpers(*queue);
    close_really(descriptor);
  }
  queues().clear();
  owner = getpid();
  after_fork_in_parent();
}

// A queue that was closed behind our back, by dup2(2) or close_range(2).
bool is_closed(const Queue& queue) {
  epoll_event event = {};
  event.events = EPOLLIN;
  event.data.u64 = static_cast<std::uint64_t>(Source::kSignal) << 32;
  return epoll_ctl(queue.descriptor, EPOLL_CTL_MOD, queue.signal, &event) != 0;
}

void forget_closed_queues() {
  for (auto each = queues().begin(); each != queues().end();) {
    if (is_closed(*each->second)) {
      close_helpers(*each->second);
      each = queues().erase(each);
    } else {
      ++each;
    }
  }
}

int fail(Queue& queue) {
  const int error = errno;
  close_helpers(queue);
  close_really(queue.descriptor);
  errno = error;
  return -1;
}

int create_queue(int flags) {
  static const int kHandlers =
      pthread_atfork(before_fork, after_fork_in_parent, after_fork_in_child);
  (void)kHandlers;
  Lock lock;
  owner = getpid();
  forget_closed_queues();
  auto queue = std::make_unique<Queue>();
  queue->descriptor = epoll_create1((flags & O_CLOEXEC) != 0 ? EPOLL_CLOEXEC : 0);
  if (queue->descriptor < 0) return -1;
  queue->signal = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (queue->signal < 0) return fail(*queue);
  if (int error = add_to_epoll(*queue, queue->signal, EPOLLIN, Source::kSignal, 0); error != 0) {
    errno = error;
    return fail(*queue);
  }
  const int descriptor = queue->descriptor;
  queues()[descriptor] = std::move(queue);
  return descriptor;
}

// "Calling close() on a file descriptor will remove any kevents that reference the descriptor."
void descriptor_closes(int descriptor) {
  for (auto& [number, queue] : queues()) {
    for (short filter : kDescriptorFilters) {
      Registration* registration = queue->find(filter, static_cast<std::uintptr_t>(descriptor));
      if (registration != nullptr) remove(*queue, *registration);
    }
  }
  auto closed = queues().find(descriptor);
  if (closed == queues().end()) return;
  close_helpers(*closed->second);
  queues().erase(closed);
}

}  // namespace

Lock::Lock() {
  take();
}

Lock::~Lock() {
  release();
}

void Lock::take() {
  sigset_t all;
  sigfillset(&all);
  sigset_t before;
  pthread_sigmask(SIG_BLOCK, &all, &before);
  mutex.lock();
  before_ = before;
}

void Lock::release() {
  const int error = errno;
  mutex.unlock();
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  errno = error;
}

Queue* find_queue(int descriptor) {
  if (getpid() != owner) return nullptr;
  auto found = queues().find(descriptor);
  return found == queues().end() ? nullptr : found->second.get();
}

int add_to_epoll(Queue& queue, int descriptor, std::uint32_t events, Source source,
                 std::uint32_t number) {
  epoll_event event = {};
  event.events = events;
  event.data.u64 = (static_cast<std::uint64_t>(source) << 32) | number;
  return epoll_ctl(queue.descriptor, EPOLL_CTL_ADD, descriptor, &event) == 0 ? 0 : errno;
}

}  // namespace kqueue_on_linux

extern "C" {

int kqueue() {
  return kqueue_on_linux::create_queue(0);
}

int kqueue1(int flags) {
  return kqueue_on_linux::create_queue(flags);
}

void kqueue_on_linux_closes(int descriptor) {
  using namespace kqueue_on_linux;
  // Not in a child of vfork(2): the memory is its parent's.
  if (getpid() != owner) return;
  Lock lock;
  descriptor_closes(descriptor);
}
}

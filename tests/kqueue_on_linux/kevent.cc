// kevent(2): changes first, then what happened.
#include <sys/epoll.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

#include "filter.h"
#include "queue.h"

namespace kqueue_on_linux {
namespace {

constexpr std::int64_t kNanosecondsPerSecond = 1000000000;
// The least of the systems' limits (macOS): more is EINVAL there.
constexpr std::int64_t kLongestTimeout = 100000000;

std::int64_t now() {
  timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * kNanosecondsPerSecond + time.tv_nsec;
}

bool is_valid(const timespec* timeout) {
  if (timeout == nullptr) return true;
  return timeout->tv_sec >= 0 && timeout->tv_sec <= kLongestTimeout && timeout->tv_nsec >= 0 &&
         timeout->tv_nsec < kNanosecondsPerSecond;
}

// What epoll tells of.
struct Batch {
  static constexpr int kSize = 256;

  epoll_event events[kSize];
  int count = 0;
};

// Moves it to the list of what to look at.
void collect(Queue& queue, const Batch& batch) {
  for (int i = 0; i < batch.count; ++i) {
    const std::uint64_t data = batch.events[i].data.u64;
    const auto number = static_cast<std::uint32_t>(data);
    switch (static_cast<Source>(data >> 32)) {
      case Source::kSignal:
        break;
      case Source::kNotifications:
        collect_notifications(queue);
        break;
      case Source::kProcess:
        process_ended(queue, number);
        break;
      case Source::kDescriptor:
        for (short filter : {EVFILT_READ, EVFILT_WRITE, EVFILT_EXCEPT}) {
          if (Registration* registration = queue.find(filter, number))
            look_at(queue, *registration);
        }
        break;
    }
  }
}

void rest(Queue& queue, Registration& registration) {
  if (!registration.listed) return;
  const auto place = queue.registered.find({registration.filter, registration.ident})->second;
  queue.resting.splice(queue.resting.end(), queue.to_look_at, place);
  registration.listed = false;
}

// A reported event's end, or its next round.
void reported(Queue& queue, Registration& registration, const struct kevent& event) {
  if (((registration.flags | event.flags) & EV_ONESHOT) != 0) {
    remove(queue, registration);
    return;
  }
  if ((registration.flags & EV_DISPATCH) != 0) registration.enabled = false;
  if ((registration.flags & EV_CLEAR) != 0) {
    registration.happened = 0;
    registration.data = 0;
  }
  if ((registration.flags & (EV_DISPATCH | EV_CLEAR)) != 0) {
    rest(queue, registration);
    return;
  }
  auto& list = queue.to_look_at;
  list.splice(list.end(), list,
              queue.registered.find({registration.filter, registration.ident})->second);
}

// Goes through the list once; returns how many events hold.
int report(Queue& queue, struct kevent* events, int capacity) {
  int count = 0;
  for (std::size_t left = queue.to_look_at.size(); left > 0 && count < capacity; --left) {
    Registration& registration = queue.to_look_at.front();
    const Filter& filter = *find_filter(registration.filter);
    if (filter.takes_descriptor) {
      FileIdentity identity;
      if (!identify(registration.descriptor(), identity) || !(identity == registration.file)) {
        remove(queue, registration);
        continue;
      }
    }
    struct kevent event;
    EV_SET(&event, registration.ident, registration.filter, registration.flags, 0, 0,
           registration.udata);
    if (!registration.enabled || !filter.holds(registration, event)) {
      rest(queue, registration);
      continue;
    }
    events[count++] = event;
    reported(queue, registration, event);
  }
  return count;
}

// Keeps the queue's descriptor readable while there is something to look at.
void update_signal(Queue& queue) {
  const bool wanted = !queue.to_look_at.empty();
  if (wanted == queue.signalled) return;
  std::uint64_t value = 1;
  if (wanted) {
    if (write(queue.signal, &value, sizeof(value)) < 0) return;
  } else if (read(queue.signal, &value, sizeof(value)) < 0) {
    return;
  }
  queue.signalled = wanted;
}

// Returns how many changes are answered in the list of events, or -1 and errno.
int apply_changes(Queue& queue, const struct kevent* changes, int change_count,
                  struct kevent* events, int capacity) {
  int answers = 0;
  for (int i = 0; i < change_count; ++i) {
    // The two lists may be one.
    struct kevent answer = changes[i];
    const int error = apply_change(queue, answer);
    if (error == 0 && (answer.flags & EV_RECEIPT) == 0) continue;
    if (answers == capacity) {
      if (error == 0) continue;
      errno = error;
      return -1;
    }
    answer.flags = EV_ERROR;
    answer.data = error;
    events[answers++] = answer;
  }
  return answers;
}

// Until epoll tells of something. False at the deadline or (errno) after a signal. Not by poll(2):
// a program may allow itself no descriptors at all, and poll(2) refuses even one then.
bool sleep_until(int descriptor, bool has_deadline, std::int64_t deadline, Batch& batch) {
  timespec left = {};
  if (has_deadline) {
    const std::int64_t nanoseconds = deadline - now();
    errno = 0;
    if (nanoseconds <= 0) return false;
    left = {static_cast<time_t>(nanoseconds / kNanosecondsPerSecond),
            static_cast<long>(nanoseconds % kNanosecondsPerSecond)};
  }
  batch.count =
      epoll_pwait2(descriptor, batch.events, Batch::kSize, has_deadline ? &left : nullptr, nullptr);
  if (batch.count == 0) errno = 0;
  return batch.count > 0;
}

int wait_for_events(Lock& lock, int descriptor, struct kevent* events, int capacity,
                    const timespec* timeout) {
  const std::int64_t deadline =
      timeout == nullptr ? 0 : now() + timeout->tv_sec * kNanosecondsPerSecond + timeout->tv_nsec;
  Batch batch;
  batch.count = epoll_wait(descriptor, batch.events, Batch::kSize, 0);
  for (;;) {
    Queue* queue = find_queue(descriptor);
    if (queue == nullptr) {
      errno = EBADF;
      return -1;
    }
    collect(*queue, batch);
    const int count = report(*queue, events, capacity);
    update_signal(*queue);
    if (count > 0) return count;
    lock.release();
    const bool woken = sleep_until(descriptor, timeout != nullptr, deadline, batch);
    const int error = errno;
    lock.take();
    errno = error;
    if (!woken) return error == 0 ? 0 : -1;
  }
}

}  // namespace
}  // namespace kqueue_on_linux

extern "C" int kevent(int descriptor, const struct kevent* changes, int change_count,
                      struct kevent* events, int event_count, const struct timespec* timeout) {
  using namespace kqueue_on_linux;
  if (change_count < 0 || event_count < 0 || !is_valid(timeout)) {
    errno = EINVAL;
    return -1;
  }
  const int errno_before = errno;
  Lock lock;
  Queue* queue = find_queue(descriptor);
  if (queue == nullptr) {
    errno = EBADF;
    return -1;
  }
  int count = apply_changes(*queue, changes, change_count, events, event_count);
  update_signal(*queue);
  if (count == 0 && event_count > 0) {
    count = wait_for_events(lock, descriptor, events, event_count, timeout);
  }
  if (count >= 0) errno = errno_before;
  return count;
}

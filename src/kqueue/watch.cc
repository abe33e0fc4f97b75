// Telling the kernel of interest in descriptors, and of its end: as changes that go with the next
// wait.
#include <sys/stat.h>

#include <cerrno>

#include "base/error.h"
#include "kqueue/engine_class.h"

namespace violet {
namespace {

// How EVFILT_READ is registered.
enum class Reading : std::uint8_t {
  kNot,
  kEndOnly,  // by EV_CLEAR: bytes that nobody wants to read would keep the loop from sleeping
  kLevel
};

Reading reading(Events events) {
  if ((events & kReadable) != 0) return Reading::kLevel;
  return (events & kDisconnect) != 0 ? Reading::kEndOnly : Reading::kNot;
}

Events events_of_filter(const Event& event) {
  if (event.filter == EVFILT_WRITE) return kWritable;
  if (event.filter == kExceptFilter) return kPriority;
  return kReadable | kDisconnect;
}

std::uintptr_t ident_of(Descriptor descriptor) {
  return static_cast<std::uintptr_t>(descriptor.native());
}

// 1 when the filter has to be added or removed, else 0.
int change_of_filter(Events bit, int filter, unsigned int fflags, const Channel& channel,
                     Events needed, Event* change) {
  const bool add = (needed & bit) != 0;
  const bool is_anew = add && (channel.armed & kPerhapsAnother) != 0;
  if (((channel.armed ^ needed) & bit) == 0 && !is_anew) return 0;
  *change =
      change_of(ident_of(channel.descriptor), filter, add ? EV_ADD : EV_DELETE, add ? fflags : 0);
  return 1;
}

// The systems report a file by its position, some only while it is not at the end: to us it counts
// as what cannot be watched.
bool is_file_or_folder(Descriptor descriptor) {
  struct stat status;
  return fstat(descriptor.native(), &status) == 0 &&
         (S_ISREG(status.st_mode) || S_ISDIR(status.st_mode));
}

}  // namespace

int KqueueEngine::watch(Channel& channel, Events wanted) {
  if ((wanted & kPriority) != 0 && !kHasExceptFilter) return UV_ENOTSUP;
  if (const int error = ReadinessEngine::watch(channel, wanted); error != 0) return error;
  return channel.nature == Nature::kFolder ? watch_file_now(channel) : 0;
}

int KqueueEngine::changes_of(Channel& channel, Event* changes) {
  const Events events = needed(channel);
  const auto ident = ident_of(channel.descriptor);
  if (channel.nature == Nature::kFolder) {
    changes[0] = change_of_file(channel, events == kNoEvents ? EV_DELETE : EV_ADD | EV_CLEAR);
    set_armed(channel, events);
    return 1;
  }
  if (is_selected(channel)) {
    set_selected(channel, events);
    set_armed(channel, events);
    return 0;
  }
  int count = 0;
  const Reading before = reading(channel.armed);
  const Reading now = reading(events);
  if (before != now || (channel.armed & kPerhapsAnother) != 0) {
    // Not modified: adding again leaves EV_CLEAR as it was on FreeBSD.
    if (before != Reading::kNot) changes[count++] = change_of(ident, EVFILT_READ, EV_DELETE);
    if (now != Reading::kNot) {
      const int flags = now == Reading::kLevel ? EV_ADD : EV_ADD | EV_CLEAR;
      changes[count++] = change_of(ident, EVFILT_READ, flags);
    }
  }
  count += change_of_filter(kWritable, EVFILT_WRITE, 0, channel, events, changes + count);
  count += change_of_filter(kPriority, kExceptFilter, kOutOfBand, channel, events, changes + count);
  set_armed(channel, events);
  return count;
}

int KqueueEngine::gather_changes(ReadyList* ready) {
  int count = 0;
  while (count + kChangesOfChannel <= kBatchSize) {
    Channel* channel = next_change();
    if (channel == nullptr) break;
    if (channel->armed == kNoEvents && !channel->is_socket() &&
        channel->nature != Nature::kFolder && is_file_or_folder(channel->descriptor)) {
      refuse(*channel, needed(*channel), ready);
    } else {
      count += changes_of(*channel, batch_ + count);
    }
  }
  return count;
}

// With EV_RECEIPT every change is answered, and no pending event is taken.
void KqueueEngine::apply_now(Event* changes, int count) {
  for (int i = 0; i < count; ++i)
    changes[i].flags |= EV_RECEIPT;
  const timespec no_time = {};
  if (count > 0) kevent(queue_, changes, count, changes, count, &no_time);
}

int KqueueEngine::apply_one(const Event& change) {
  return kevent(queue_, &change, 1, nullptr, 0, nullptr) == 0 ? 0 : last_error();
}

void KqueueEngine::apply_and_sort_out(int count, ReadyList* ready) {
  apply_now(batch_, count);
  for (int i = 0; i < count; ++i)
    sort_out_refusal(batch_[i], ready);
}

void KqueueEngine::sort_out_refusal(const Event& answer, ReadyList* ready) {
  // Only a removal finds nothing: its descriptor was closed and opened again.
  if ((answer.flags & EV_ERROR) == 0 || answer.data == 0 || answer.data == ENOENT) return;
  Channel* channel = channel_of(answer.ident);
  if (channel == nullptr) return;
  const Events refused = channel->armed & events_of_filter(answer);
  if (refused == kNoEvents || select_instead(*channel, static_cast<int>(answer.data))) return;
  refuse(*channel, refused, ready);
}

void KqueueEngine::flush() {
  wait_for_selected_again();
  while (has_changes())
    apply_and_sort_out(gather_changes(nullptr), nullptr);
  ask_again_for_refused();
}

void KqueueEngine::remove_now(Channel& channel) {
  if (channel.nature == Nature::kProcess) return remove_child(channel);
  if (channel.nature == Nature::kFolder) {
    apply_one(change_of_file(channel, EV_DELETE));
    return;
  }
  if (is_selected(channel)) return set_selected(channel, kNoEvents);
  const Events armed = channel.armed;
  const auto ident = ident_of(channel.descriptor);
  Event removals[3];
  int count = 0;
  if (reading(armed) != Reading::kNot) {
    removals[count++] = change_of(ident, EVFILT_READ, EV_DELETE);
  }
  if ((armed & kWritable) != 0) removals[count++] = change_of(ident, EVFILT_WRITE, EV_DELETE);
  if ((armed & kPriority) != 0) removals[count++] = change_of(ident, kExceptFilter, EV_DELETE);
  // A closed descriptor has nothing registered any more: nothing to be told about.
  apply_now(removals, count);
}

int KqueueEngine::check_pollable(Descriptor descriptor) {
  if (!descriptor.is_open()) return UV_EBADF;
  if (is_file_or_folder(descriptor)) return UV_EPERM;
  const auto ident = ident_of(descriptor);
  const Channel* channel = channel_of(ident);
  if (channel != nullptr && channel->armed != kNoEvents) return 0;
  Event changes[2] = {change_of(ident, EVFILT_READ, EV_ADD | EV_DISABLE),
                      change_of(ident, EVFILT_READ, EV_DELETE)};
  apply_now(changes, 2);
  const int refusal = static_cast<int>(changes[0].data);
  // Some devices of FreeBSD have nothing to be told of (no d_kqfilter): as files, and on epoll.
  if (refusal == ENODEV) return UV_EPERM;
  return may_be_selected(descriptor, refusal) ? 0 : error_from_errno(refusal);
}

}  // namespace violet

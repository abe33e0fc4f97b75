// Interest in descriptors: noted at once, told to the kernel with the next wait.
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
  return event.filter == EVFILT_READ ? kReadable | kDisconnect : kPriority;
}

// 1 when the filter has to be added or removed, else 0.
int change_of_filter(Events bit, int filter, unsigned int fflags, const Channel& channel,
                     Events needed, Event* change) {
  if (((channel.armed ^ needed) & bit) == 0) return 0;
  const bool add = (needed & bit) != 0;
  *change = change_of(static_cast<std::uintptr_t>(channel.descriptor), filter,
                      add ? EV_ADD : EV_DELETE, add ? fflags : 0);
  return 1;
}

// The systems report a file by its position, some only while it is not at the end: to us it counts
// as what cannot be watched.
bool is_file_or_folder(Descriptor descriptor) {
  struct stat status;
  return fstat(descriptor, &status) == 0 && (S_ISREG(status.st_mode) || S_ISDIR(status.st_mode));
}

}  // namespace

int KqueueEngine::watch(Channel& channel, Events wanted) {
  if ((wanted & kPriority) != 0 && !kHasExceptFilter) return UV_ENOTSUP;
  Events before = channel.wanted;
  channel.wanted = wanted;
  int error = interest_changed(channel);
  if (error != 0) channel.wanted = before;
  return error;
}

int KqueueEngine::interest_changed(Channel& channel) {
  std::size_t index = static_cast<std::size_t>(channel.descriptor);
  if (index >= channels_.size()) {
    if (needed(channel) == kNoEvents) return 0;
    if (!channels_.reserve(index + 1 + index / 2)) return UV_ENOMEM;
    while (channels_.size() <= index)
      channels_.push_back(nullptr);
  }
  Channel*& owner = channels_[index];
  if (owner != &channel) {
    if (needed(channel) == kNoEvents) return 0;
    if (owner != nullptr && !leave(*owner)) return UV_EEXIST;
    channels_[index] = &channel;
  }
  if (needed(channel) == channel.armed) {
    channel.change.unlink_if_linked();
  } else if (!channel.change.linked()) {
    changes_.push_back(channel.change);
  }
  return 0;
}

// Takes the descriptor from a channel that wants nothing of it any more, before the kernel was
// told.
bool KqueueEngine::leave(Channel& owner) {
  if (needed(owner) != kNoEvents) return false;
  owner.change.unlink_if_linked();
  remove_now(owner);
  return true;
}

int KqueueEngine::check_unused(Descriptor descriptor) {
  const Channel* channel = channel_of(static_cast<std::uintptr_t>(descriptor));
  return channel == nullptr || needed(*channel) == kNoEvents ? 0 : UV_EEXIST;
}

Channel* KqueueEngine::channel_of(std::uintptr_t ident) {
  return ident < channels_.size() ? channels_[ident] : nullptr;
}

int KqueueEngine::change_of_channel(Channel& channel, Event* changes) {
  const Events events = needed(channel);
  const auto ident = static_cast<std::uintptr_t>(channel.descriptor);
  int count = 0;
  const Reading before = reading(channel.armed);
  const Reading now = reading(events);
  if (before != now) {
    // Not modified: adding again leaves EV_CLEAR as it was on FreeBSD.
    if (before != Reading::kNot) changes[count++] = change_of(ident, EVFILT_READ, EV_DELETE);
    if (now != Reading::kNot) {
      const int flags = now == Reading::kLevel ? EV_ADD : EV_ADD | EV_CLEAR;
      changes[count++] = change_of(ident, EVFILT_READ, flags);
    }
  }
  count += change_of_filter(kWritable, EVFILT_WRITE, 0, channel, events, changes + count);
  count += change_of_filter(kPriority, kExceptFilter, kOutOfBand, channel, events, changes + count);
  channel.armed = events;
  if (events == kNoEvents) channels_[ident] = nullptr;
  return count;
}

int KqueueEngine::gather_changes(ReadyList* ready) {
  int count = 0;
  while (count + kChangesOfChannel <= kBatchSize) {
    ListNode* node = changes_.pop_front();
    if (node == nullptr) break;
    Channel& channel = object_from_member<Channel>(node, offsetof(Channel, change));
    const bool is_new = channel.armed == kNoEvents && needed(channel) != kNoEvents;
    if (is_new && !channel.has(kSocket) && is_file_or_folder(channel.descriptor)) {
      refuse(channel, needed(channel), ready);
    } else {
      count += change_of_channel(channel, batch_ + count);
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
  if (refused != kNoEvents) refuse(*channel, refused, ready);
}

// A descriptor that the kernel cannot watch (a regular file on a stream) counts as always ready;
// what is wrong with it shows when its owner uses it. It is asked for again at the next wait.
void KqueueEngine::refuse(Channel& channel, Events refused, ReadyList* ready) {
  channel.armed &= static_cast<Events>(~refused);
  if (ready != nullptr) report(channel, refused | kError, *ready);
  channel.change.unlink_if_linked();
  if (needed(channel) != channel.armed) refused_.push_back(channel.change);
}

void KqueueEngine::flush() {
  while (!changes_.empty())
    apply_and_sort_out(gather_changes(nullptr), nullptr);
  refused_.move_all_to(changes_);
}

void KqueueEngine::remove_now(Channel& channel) {
  if (channel.armed == kNoEvents) return;
  const Events armed = channel.armed;
  const auto ident = static_cast<std::uintptr_t>(channel.descriptor);
  Event removals[3];
  int count = 0;
  if (reading(armed) != Reading::kNot) {
    removals[count++] = change_of(ident, EVFILT_READ, EV_DELETE);
  }
  if ((armed & kWritable) != 0) removals[count++] = change_of(ident, EVFILT_WRITE, EV_DELETE);
  if ((armed & kPriority) != 0) removals[count++] = change_of(ident, kExceptFilter, EV_DELETE);
  // A closed descriptor has nothing registered any more: nothing to be told about.
  apply_now(removals, count);
  channel.armed = kNoEvents;
}

void KqueueEngine::forget(Channel& channel) {
  channel.wanted = kNoEvents;
  channel.events = kNoEvents;
  channel.engine = 0;
  channel.ready.link.unlink_if_linked();
  channel.change.unlink_if_linked();
  remove_now(channel);
  std::size_t index = static_cast<std::size_t>(channel.descriptor);
  if (channel.descriptor >= 0 && index < channels_.size() && channels_[index] == &channel) {
    channels_[index] = nullptr;
  }
}

int KqueueEngine::check_pollable(Descriptor descriptor) {
  if (is_file_or_folder(descriptor)) return UV_EPERM;
  const auto ident = static_cast<std::uintptr_t>(descriptor);
  const Channel* channel = channel_of(ident);
  if (channel != nullptr && channel->armed != kNoEvents) return 0;
  Event changes[2] = {change_of(ident, EVFILT_READ, EV_ADD | EV_DISABLE),
                      change_of(ident, EVFILT_READ, EV_DELETE)};
  apply_now(changes, 2);
  return error_from_errno(static_cast<int>(changes[0].data));
}

}  // namespace violet

// Interest in descriptors: noted at once, told to the kernel at the next wait.
#include <cerrno>

#include "base/error.h"
#include "epoll/engine_class.h"

namespace violet {
namespace {

std::uint32_t epoll_bits(Events events) {
  std::uint32_t bits = 0;
  if ((events & kReadable) != 0) bits |= EPOLLIN;
  if ((events & kWritable) != 0) bits |= EPOLLOUT;
  if ((events & kDisconnect) != 0) bits |= EPOLLRDHUP;
  if ((events & kPriority) != 0) bits |= EPOLLPRI;
  return bits;
}

}  // namespace

int EpollEngine::watch(Channel& channel, Events wanted) {
  Events before = channel.wanted;
  channel.wanted = wanted;
  int error = interest_changed(channel);
  if (error != 0) channel.wanted = before;
  return error;
}

int EpollEngine::interest_changed(Channel& channel) {
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
bool EpollEngine::leave(Channel& owner) {
  if (needed(owner) != kNoEvents) return false;
  owner.change.unlink_if_linked();
  if (owner.armed != kNoEvents) apply_change(owner, kNoEvents);
  owner.armed = kNoEvents;
  return true;
}

int EpollEngine::check_unused(Descriptor descriptor) {
  const std::size_t index = static_cast<std::size_t>(descriptor);
  if (descriptor < 0 || index >= channels_.size() || channels_[index] == nullptr) return 0;
  return needed(*channels_[index]) == kNoEvents ? 0 : UV_EEXIST;
}

bool EpollEngine::apply_change(Channel& channel, Events events) {
  epoll_event event = {};
  event.events = epoll_bits(events);
  // Not the channel: a program that closes a descriptor and then stops its handle leaves the kernel
  // with events for it, where another process or number shares the open file.
  event.data.fd = channel.descriptor;
  int operation = EPOLL_CTL_MOD;
  if (channel.armed == kNoEvents) operation = EPOLL_CTL_ADD;
  // Not a modification to nothing: the kernel reports errors and hang-ups even so, and a descriptor
  // that nobody wants to hear of would keep the loop from sleeping.
  if (events == kNoEvents) operation = EPOLL_CTL_DEL;
  if (epoll_ctl(epoll_, operation, channel.descriptor, &event) != 0) return false;
  channel.armed = events;
  if (events == kNoEvents) channels_[static_cast<std::size_t>(channel.descriptor)] = nullptr;
  return true;
}

void EpollEngine::apply_changes(ReadyList* ready) {
  List refused;
  refused.reset();
  while (ListNode* node = changes_.pop_front()) {
    Channel& channel = object_from_member<Channel>(node, offsetof(Channel, change));
    Events events = needed(channel);
    if (events == channel.armed || apply_change(channel, events)) continue;
    if (events == kNoEvents) {
      channel.armed = kNoEvents;
      continue;
    }
    // A descriptor that the kernel cannot watch (a regular file on a stream) counts as always
    // ready; what is wrong with it shows when its owner uses it. It is asked for again at the next
    // wait.
    if (ready != nullptr) report(channel, events | kError, *ready);
    if (!channel.change.linked()) refused.push_back(channel.change);
  }
  refused.move_all_to(changes_);
}

void EpollEngine::flush() {
  apply_changes(nullptr);
}

void EpollEngine::forget(Channel& channel) {
  channel.wanted = kNoEvents;
  channel.events = kNoEvents;
  channel.engine = 0;
  channel.ready.link.unlink_if_linked();
  channel.change.unlink_if_linked();
  if (channel.armed != kNoEvents) apply_change(channel, kNoEvents);
  channel.armed = kNoEvents;
  std::size_t index = static_cast<std::size_t>(channel.descriptor);
  if (channel.descriptor >= 0 && index < channels_.size() && channels_[index] == &channel) {
    channels_[index] = nullptr;
  }
}

int EpollEngine::check_pollable(Descriptor descriptor) {
  epoll_event event = {};
  event.events = EPOLLIN;
  if (epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &event) != 0) {
    return errno == EEXIST ? 0 : last_error();
  }
  epoll_ctl(epoll_, EPOLL_CTL_DEL, descriptor, &event);
  return 0;
}

}  // namespace violet

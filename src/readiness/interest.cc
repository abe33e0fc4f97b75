// Interest in descriptors: noted at once, told to the kernel with the next wait.
#include <cassert>

#include "readiness/readiness_engine.h"

namespace violet {

int ReadinessEngine::watch(Channel& channel, Events wanted) {
  const Events before = channel.wanted;
  channel.wanted = wanted;
  const bool is_anew = channel.armed != kNoEvents && wanted != kNoEvents;
  if (is_anew && channel.may_be_replaced()) channel.armed |= kPerhapsAnother;
  const int error = interest_changed(channel);
  if (error != 0) channel.wanted = before;
  return error;
}

int ReadinessEngine::watch_child(Channel& channel, int) {
  return channel.descriptor.is_open() ? watch(channel, kReadable) : UV_ENOTSUP;
}

int ReadinessEngine::interest_changed(Channel& channel) {
  const Events events = needed(channel);
  Channel* owner = watched_.at(channel.descriptor);
  if (owner != &channel) {
    if (events == kNoEvents) return 0;
    if (owner != nullptr && !leave(*owner)) return UV_EEXIST;
    if (!watched_.reserve(channel.descriptor)) return UV_ENOMEM;
    watched_.set(channel.descriptor, &channel);
  }
  if (events == channel.armed) {
    channel.change.unlink_if_linked();
  } else if (!channel.change.linked()) {
    changes_.push_back(channel.change);
  }
  return 0;
}

// Takes the descriptor from a channel that wants nothing of it any more, though the kernel has not
// been told yet. False if the channel does want something.
bool ReadinessEngine::leave(Channel& owner) {
  if (needed(owner) != kNoEvents) return false;
  owner.change.unlink_if_linked();
  if (owner.armed != kNoEvents) remove_now(owner);
  set_armed(owner, kNoEvents);
  return true;
}

int ReadinessEngine::check_unused(Descriptor descriptor) {
  const Channel* channel = watched_.at(descriptor);
  const bool is_watched = channel != nullptr && needed(*channel) != kNoEvents;
  return is_watched || has_paused_op(descriptor) ? UV_EEXIST : 0;
}

void ReadinessEngine::forget(Channel& channel) {
  channel.wanted = kNoEvents;
  channel.events = kNoEvents;
  channel.parked_op = 0;
  channel.ready.link.unlink_if_linked();
  channel.change.unlink_if_linked();
  if (channel.armed != kNoEvents) remove_now(channel);
  set_armed(channel, kNoEvents);
}

Channel* ReadinessEngine::next_change() {
  while (ListNode* node = changes_.pop_front()) {
    Channel& channel = object_from_member<Channel>(node, offsetof(Channel, change));
    assert(watched_.at(channel.descriptor) == &channel);
    if (needed(channel) != channel.armed) return &channel;
  }
  return nullptr;
}

void ReadinessEngine::set_armed(Channel& channel, Events events) {
  channel.armed = events;
  if (events == kNoEvents) watched_.clear(channel);
}

void ReadinessEngine::refuse(Channel& channel, Events refused, ReadyList* ready) {
  channel.armed &= static_cast<Events>(~(refused | kPerhapsAnother));
  if (ready != nullptr) report(channel, refused | kError, *ready);
  channel.change.unlink_if_linked();
  if (needed(channel) != channel.armed) refused_.push_back(channel.change);
}

int ReadinessEngine::watch_all_anew() {
  wake_flag_.lower();
  for (std::size_t i = 0; i < watched_.size(); ++i) {
    Channel* channel = watched_.at(i);
    if (channel == nullptr) continue;
    channel->change.unlink_if_linked();
    set_armed(*channel, kNoEvents);
    if (int error = interest_changed(*channel); error != 0) return error;
  }
  return 0;
}

}  // namespace violet

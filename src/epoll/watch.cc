// Telling the kernel of interest in descriptors, and of its end.
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

bool EpollEngine::apply_change(const Channel& channel, Events events) {
  epoll_event event = {};
  event.events = epoll_bits(events);
  // The descriptor, and not the channel's address: when a program closes a descriptor and then
  // stops its handle, the kernel may go on reporting it, if another process or number shares the
  // open file.
  event.data.fd = channel.descriptor.native();
  int operation = EPOLL_CTL_MOD;
  if (channel.armed == kNoEvents) operation = EPOLL_CTL_ADD;
  // Removed, rather than modified to no events: the kernel would still report errors and hang-ups
  // of it, and keep the loop from sleeping.
  if (events == kNoEvents) operation = EPOLL_CTL_DEL;
  const int number = channel.descriptor.native();
  if (epoll_ctl(epoll_, operation, number, &event) == 0) return true;
  // Programs close descriptors that are watched and open others under the same number. If the open
  // file is still there, kept by a duplicate, the kernel knows the descriptor already; if the
  // number names another file, it does not.
  if (errno == EEXIST) return epoll_ctl(epoll_, EPOLL_CTL_MOD, number, &event) == 0;
  if (errno != ENOENT || events == kNoEvents) return false;
  return epoll_ctl(epoll_, EPOLL_CTL_ADD, number, &event) == 0;
}

void EpollEngine::remove_now(Channel& channel) {
  apply_change(channel, kNoEvents);
}

void EpollEngine::apply_changes(ReadyList* ready) {
  while (Channel* channel = next_change()) {
    const Events events = needed(*channel);
    // A removal may fail because the descriptor is closed: then nothing is left to remove.
    if (apply_change(*channel, events) || events == kNoEvents) {
      set_armed(*channel, events);
    } else {
      refuse(*channel, events, ready);
    }
  }
  ask_again_for_refused();
}

void EpollEngine::flush() {
  apply_changes(nullptr);
}

int EpollEngine::check_pollable(Descriptor descriptor) {
  epoll_event event = {};
  event.events = EPOLLIN;
  if (epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor.native(), &event) != 0) {
    return errno == EEXIST ? 0 : last_error();
  }
  epoll_ctl(epoll_, EPOLL_CTL_DEL, descriptor.native(), &event);
  return 0;
}

}  // namespace violet

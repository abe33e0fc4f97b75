// EVFILT_USER: what the program triggers itself.
#include "filter.h"

namespace kqueue_on_linux {
namespace {

int attach(Queue&, Registration& registration) {
  registration.wanted = 0;
  return 0;
}

void detach(Queue&, Registration&) {}

void change(Registration& registration, const struct kevent& change, bool is_new) {
  const unsigned int flags = change.fflags & NOTE_FFLAGSMASK;
  switch (change.fflags & NOTE_FFCTRLMASK) {
    case NOTE_FFAND:
      registration.wanted &= flags;
      break;
    case NOTE_FFOR:
      registration.wanted |= flags;
      break;
    case NOTE_FFCOPY:
      registration.wanted = flags;
      break;
    default:
      if (is_new) registration.wanted = flags;
  }
  registration.argument = change.data;
  if ((change.fflags & NOTE_TRIGGER) != 0) registration.happened = 1;
}

bool holds(Registration& registration, struct kevent& event) {
  if (registration.happened == 0) return false;
  event.fflags = registration.wanted;
  event.data = registration.argument;
  return true;
}

}  // namespace

const Filter kUserFilter = {false, attach, detach, change, holds};

}  // namespace kqueue_on_linux

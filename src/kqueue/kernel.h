// kevent(2) as the engine uses it: changes without the systems' different types, and what a system
// has.
#pragma once

// OpenBSD wants the types first.
#include <sys/types.h>

#include <sys/event.h>
#include <time.h>

#include <cstdint>

#include "engine.h"

namespace violet {

using Event = struct kevent;

// Not EV_SET: the types of the members differ between the systems, and so does what narrows.
inline Event change_of(std::uintptr_t ident, int filter, int flags, unsigned int fflags = 0) {
  Event change = {};
  change.ident = ident;
  change.filter = static_cast<decltype(change.filter)>(filter);
  change.flags = static_cast<decltype(change.flags)>(flags);
  change.fflags = fflags;
  return change;
}

// Whose event it is, where the identifier does not tell. (NetBSD before 10 has an integer there.)
inline void set_owner(Event& change, Channel& channel) {
  change.udata = reinterpret_cast<decltype(change.udata)>(&channel);
}
inline Channel* owner_of(const Event& event) {
  return reinterpret_cast<Channel*>(event.udata);
}

// Out-of-band data: OpenBSD and macOS.
#if defined(EVFILT_EXCEPT) && defined(NOTE_OOB)
inline constexpr bool kHasExceptFilter = true;
inline constexpr int kExceptFilter = EVFILT_EXCEPT;
inline constexpr unsigned int kOutOfBand = NOTE_OOB;
#else
inline constexpr bool kHasExceptFilter = false;
inline constexpr int kExceptFilter = INT16_MAX;
inline constexpr unsigned int kOutOfBand = 0;
#endif

}  // namespace violet

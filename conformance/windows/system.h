// What the test programs ask of a system beyond POSIX, as tests/support/system.h: the part of it
// that Windows has.
#pragma once

#include "posix_calls.h"

namespace test_support {

inline int open_nonblocking_sockets(int type, int ends[2]) {
  return socketpair(AF_UNIX, type | SOCK_NONBLOCK, 0, ends);
}

// Nobody has to wait for a child.
inline bool has_children() {
  return false;
}
inline void reap(int) {}

// There is no such signal.
class NoPipeSignal {};
class DeadlyPipeSignal {};

// The stack of the calling thread.
inline std::size_t current_stack_size() {
  ULONG_PTR begin = 0;
  ULONG_PTR end = 0;
  GetCurrentThreadStackLimits(&begin, &end);
  return end - begin;
}

}  // namespace test_support

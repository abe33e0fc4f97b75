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

// The end of what a peer sent comes with its last bytes, on loopback.
inline constexpr short kPeerEnded = POLLIN;

// Nothing is dropped here: the file's blocks reach the disk.
inline int drop_from_cache(int file) {
  return _commit(file);
}
inline int expect_random_reads(int file) {
  return _get_osfhandle(file) < 0 ? -1 : 0;
}

}  // namespace test_support

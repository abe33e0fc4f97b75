// epoll_pwait2(2) without depending on the C library's age.
#pragma once

#include <cstddef>

#include <signal.h>
#include <sys/epoll.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

namespace violet {

// The kernel's signal sets hold 64 signals, whatever the C library's sigset_t holds.
inline constexpr std::size_t kKernelSignalSetSize = 8;

inline int epoll_wait_ns(int epoll, epoll_event* events, int capacity, const timespec* timeout,
                         const sigset_t* blocked) {
#ifdef SYS_epoll_pwait2
  constexpr long kNumber = SYS_epoll_pwait2;
#else
  constexpr long kNumber = 441;  // One number on all architectures since the unified tables.
#endif
  return static_cast<int>(
      syscall(kNumber, epoll, events, capacity, timeout, blocked, kKernelSignalSetSize));
}

}  // namespace violet

// What the kernel offers, found once per process by trying, less what is forbidden (forbid.h).
#pragma once

#include "uring/forbid.h"

namespace violet {

// Found when the first loop asks for this engine (probe.cc).
struct UringSupport {
  int error;            // 0, or why there is no io_uring here (a negative UV_E*)
  const char* refusal;  // with an error: which probe failed
  unsigned int setup_flags;
  bool no_disk_wait;
  bool read;  // files, at an offset
};

// Found when the first socket is read (receive_support.cc).
struct ReceiveSupport {
  bool streams;              // multishot receive into a buffer ring
  bool incremental_buffers;  // a buffer serves several receives
  bool datagrams;            // multishot receive of messages
};

const UringSupport& uring_support();
const ReceiveSupport& receive_support();
// What the program was told to do without.
const ForbiddenNames& forbidden_names();

inline constexpr const char* kNoLockableMemory =
    "io_uring_setup: the user's locked memory is used up (RLIMIT_MEMLOCK)";

}  // namespace violet

// What the kernel offers, found once per process by trying (probe.cc), less what is forbidden
// (forbid.h).
#pragma once

#include <cstddef>

#include "engine.h"

namespace violet {

struct UringSupport {
  static constexpr std::size_t kMaxFeatures = 16;

  int error;            // 0, or why there is no io_uring here (a negative UV_E*)
  const char* refusal;  // with an error: which probe failed
  unsigned int setup_flags;
  bool no_disk_wait;
  bool receive;              // multishot receive into a buffer ring
  bool incremental_buffers;  // a buffer serves several receives
  bool datagrams;            // multishot receive of messages
  bool read;                 // files, at an offset
  Feature features[kMaxFeatures];
  std::size_t feature_count;
};

const UringSupport& uring_support();

inline constexpr const char* kNoLockableMemory =
    "io_uring_setup: the user's locked memory is used up (RLIMIT_MEMLOCK)";

}  // namespace violet

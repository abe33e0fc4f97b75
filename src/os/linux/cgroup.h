// The limits that control groups of either version put on this process. The functions that parse
// take the kernel's files as text.
#pragma once

#include <cstddef>
#include <cstdint>

namespace violet {

inline constexpr std::uint64_t kUnlimited = UINT64_MAX;

// A position in one hierarchy of groups: the process's own directory, whose ancestors down to the
// mount point limit it too.
struct CgroupPosition {
  int version = 0;  // 1, 2, or 0 when the controller is not found.
  char directory[512] = {};
  std::size_t mount_length = 0;  // The part of `directory` that is the mount point.
};

// Finds the process's group for `controller` ("cpu", "memory") from the texts of
// /proc/self/cgroup and /proc/self/mountinfo. A version 1 hierarchy with the controller wins.
CgroupPosition find_cgroup(const char* controller, const char* cgroups, const char* mounts);

// Goes to the parent group; false at the mount point.
bool ascend(CgroupPosition& position);

// "100000" or "max"; kUnlimited when there is no number, or one that version 1 uses for none.
std::uint64_t parse_memory_limit(const char* text);

// The processors worth of time that "quota period" grants, rounded down but at least 1; 0 when
// unlimited ("max 100000", or "-1 100000" in version 1).
unsigned parse_cpu_quota(const char* text);

// What holds for this process now.
unsigned cgroup_cpu_limit();  // 0 when unlimited.
struct CgroupMemory {
  bool controlled = false;              // Whether a memory controller watches this process.
  std::uint64_t limit = kUnlimited;     // The lowest limit from the group upwards.
  std::uint64_t headroom = kUnlimited;  // What is left until one of the limits is reached.
};
CgroupMemory cgroup_memory();

}  // namespace violet

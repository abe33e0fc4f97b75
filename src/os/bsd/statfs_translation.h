// statfs(2) as libuv's structure. Its unit is what the blocks are counted in; NetBSD has no such
// call.
#pragma once

#include <uv.h>

#include <cstdint>

namespace violet {

template <typename SystemStatus>
uv_statfs_t translate_statfs(const SystemStatus& from) {
  uv_statfs_t to = {};
  to.f_bsize = from.f_bsize;
  to.f_blocks = from.f_blocks;
  to.f_bfree = from.f_bfree;
  // Below zero when only the superuser has room left.
  to.f_bavail = static_cast<std::uint64_t>(from.f_bavail);
  to.f_files = from.f_files;
  to.f_ffree = static_cast<std::uint64_t>(from.f_ffree);
  to.f_frsize = from.f_bsize;
  return to;
}

}  // namespace violet

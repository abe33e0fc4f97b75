// The file systems, by device number, that answer from memory what they hold in memory. Those of
// other machines and of programs (NFS, FUSE) may ask there each time.
#pragma once

#include <cstdint>

namespace violet {

// Any thread. What is not known is not local.
bool is_known_file_system(std::uint64_t device);
bool is_local_file_system(std::uint64_t device);
// `type` is statfs.f_type.
void note_file_system(std::uint64_t device, std::uint64_t type);

}  // namespace violet

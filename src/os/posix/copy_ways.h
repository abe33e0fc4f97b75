// Copying whole files inside the kernel, which each system does in a way of its own.
#pragma once

#include <limits.h>
#include <sys/stat.h>

#include <cstddef>
#include <cstdint>

#include "os/posix/copy_target.h"

namespace violet {

// Copies some bytes to the target's position, which moves on; the source's does not. Bytes, 0 at
// the source's end, or a negative UV_E*; some file systems copy nothing and say so without an
// error. UV_ENOSYS where there is no such call.
std::int64_t copy_range(int target, int source, std::int64_t offset, std::size_t length);

// Makes the target share the source's blocks, of which either gets its own when it is written to. A
// refusal leaves an existing target as it was. UV_ENOTSUP where no file system can do that.
int clone_file(CopyTarget& target, int source, const struct stat& source_status);

// What only this system keeps beside a file's mode, owner and times, as far as it is allowed.
void copy_more_attributes(int target, int source);

// Where a file is now, which may be somewhere else than where it was opened. False when the system
// does not tell.
using FilePath = char[PATH_MAX + 1];
bool path_of_file(int file, FilePath& path);

}  // namespace violet

// Removing and renaming.
#pragma once

#include "os/windows/file_path.h"

namespace violet {

enum class Removal : unsigned char { kFile, kDirectory };

// Removes the name at once where the file system can do that ("POSIX semantics": NTFS of Windows 10
// 1709 and later), also while others have the file open; else when the last of them closes it. A
// read-only file is removed, too. UV_EPERM for a directory that is to be a file, UV_ENOENT for the
// opposite, as the system says.
int remove_by_name(const char* path, Removal removal);

// Replaces a file that has the new name, also while others have it open where the file system can.
int move_file(const FilePath& path, const FilePath& new_path);

}  // namespace violet

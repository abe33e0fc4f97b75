// Names in the file system: making, moving and removing files and directories. 0, or a negative
// UV_E*. All of it may block.
#pragma once

#include <uv.h>

namespace violet {

int remove_file(const char* path);
int rename_file(const char* path, const char* new_path);
int make_link(const char* path, const char* new_path);
// `flags` (UV_FS_SYMLINK_*) matter on Windows only.
int make_symbolic_link(const char* path, const char* new_path, int flags);
int make_directory(const char* path, int mode);
int remove_directory(const char* path);

// These replace the XXXXXX at the end of the name; UV_EINVAL without it. The second opens the file,
// for this program and none that is started later.
int make_temporary_directory(char* name);
int make_temporary_file(char* name, uv_file& opened);

// A text to be given to release(); null after an error.
char* target_of_link(const char* path, int& error);
// The absolute path without symbolic links.
char* resolve_path(const char* path, int& error);

}  // namespace violet

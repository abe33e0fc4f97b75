// What the kernel knows of files without waiting for a device or another machine. For the thread of
// a loop, which must not be held up.
//
// Each of these returns UV_EAGAIN where it cannot tell; then os/file.h or os/file_status.h has to
// be asked where waiting is allowed. Any other result is the one that those would have given. If a
// kernel or a seccomp filter refuses the system calls needed, they are not tried again.
#pragma once

#include <uv.h>

#include <cstdint>

namespace violet {

// Whether reading the file goes past the page cache (O_DIRECT), or it is not known: then a read may
// wait.
bool reads_past_cache(uv_file file);

// One read of what the page cache (a pipe's or socket's buffer) holds, as read_file(). It may end
// before the end of the file: where the cache ends.
std::int64_t read_cached_file(uv_file file, const uv_buf_t* buffers, unsigned int count,
                              std::int64_t offset);

// Whether a read that brought less than was asked for is complete all the same: at the end of a
// regular file, and always of anything else. `end` is the offset behind the bytes; negative: the
// current position.
bool is_read_complete(uv_file file, std::int64_t end);

// Answers only for file systems of this machine that learn_file_system() has seen.
int cached_status_of_path(const char* path, uv_stat_t& status);
int cached_status_of_link(const char* path, uv_stat_t& status);
int cached_status_of_file(uv_file file, uv_stat_t& status);
int check_cached_access(const char* path, int mode);

// Opens a regular file for reading as open_file() does, and closes such a file as close_file()
// does. Of file systems on this machine only, as above.
int open_cached_file(const char* path, int flags, uv_file& opened);
int close_cached_file(uv_file file);

// Finds out whether the file system with this file may be asked on a loop's thread. May block.
// `device` is the file's, as its status told it; a file system that is known costs nothing.
void learn_file_system(const char* path, std::uint64_t device);
void learn_file_system(uv_file file, std::uint64_t device);
void learn_file_system(uv_file file);

}  // namespace violet

// Open files, by descriptor. Results are bytes or 0, or a negative UV_E*. Interrupted
// calls are repeated. All of it may block.
#pragma once

#include <uv.h>

#include <cstddef>
#include <cstdint>

namespace violet {

// The most bytes that one read, write or transfer can be of: what Linux takes in one system call.
// Results of operations fit into an int for that.
inline constexpr std::size_t kMaxFileTransfer = 0x7ffff000;

// The descriptor is not inherited by programs started later.
int open_file(const char* path, int flags, int mode, uv_file& opened);
int close_file(uv_file file);

// A negative offset: at the current position, which moves on. Reading is one system call, so that a
// pipe or terminal never waits for more than there is; it fills as many buffers as the kernel takes
// in one. Writing goes through any number of buffers, also where a signal cut a call short; it ends
// early where a descriptor that does not block is full, or a regular file takes no more.
std::int64_t read_file(uv_file file, const uv_buf_t* buffers, unsigned int count,
                       std::int64_t offset);
std::int64_t write_file(uv_file file, const uv_buf_t* buffers, unsigned int count,
                        std::int64_t offset);

int sync_file(uv_file file);
int sync_file_data(uv_file file);
int truncate_file(uv_file file, std::int64_t length);

// Copies bytes inside the kernel where it can, else through a buffer. May copy fewer than asked
// for. Waits while a target that does not block is full. Pipes and sockets are read from where they
// are, whatever the offset.
std::int64_t send_file(uv_file target, uv_file source, std::int64_t offset, std::size_t length);

// `flags` are UV_FS_COPYFILE_*. Mode, owner (where allowed) and times of the source are kept. When
// copying fails, a target that this call has made is removed; any other stays. UV_EINVAL for a
// target that is no regular file.
int copy_file(const char* path, const char* new_path, int flags);

}  // namespace violet

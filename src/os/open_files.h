// Open files of any kind, by file descriptor.
#pragma once

#include "os/descriptor.h"

namespace violet {

// What kind of handle fits the descriptor; UV_UNKNOWN_HANDLE when none does.
uv_handle_type guess_handle(Descriptor descriptor);

// A pair that programs started later do not inherit. UV_NONBLOCK_PIPE in the flags of an end makes
// that end non-blocking. 0 or a negative UV_E*.
int create_pipe(uv_file ends[2], int read_flags, int write_flags);
int create_socket_pair(int type, int protocol, OwnedDescriptor ends[2], int flags0, int flags1);

// Keeps all descriptors open now from programs started later.
void disable_inheritance();

// Between the C library's descriptors and the system's handles, one and the same on POSIX.
uv_os_fd_t system_handle(uv_file file);
uv_file open_system_handle(uv_os_fd_t handle);

}  // namespace violet

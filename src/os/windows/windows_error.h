// The error numbers of Win32, Winsock and NT as the library's error values.
#pragma once

#include "os/sockets/socket_error.h"

namespace violet {

// UV_UNKNOWN for a number that has no counterpart. 0 stays 0.
int error_from_windows(unsigned long code);
// Of an NTSTATUS that is no success.
int error_from_status(long status);

// Why the last call of Win32 failed; os/sockets/socket_error.h has Winsock's.
int last_windows_error();

}  // namespace violet

// The error numbers of Win32, Winsock and NT as the library's error values.
#pragma once

namespace violet {

// UV_UNKNOWN for a number that has no counterpart. 0 stays 0.
int error_from_windows(unsigned long code);
// Of an NTSTATUS that is no success.
int error_from_status(long status);

// The error of the call that just failed: Win32's own, and Winsock's.
int last_windows_error();
int last_socket_error();

}  // namespace violet

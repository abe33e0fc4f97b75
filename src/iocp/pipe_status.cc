#include "iocp/pipe_status.h"

#include "iocp/socket_status.h"
#include "os/windows/windows_error.h"
#include "uv.h"

namespace violet {
namespace {

// Not an error: the rest of a message comes with the next read, on a pipe that somebody else has
// set to read by messages.
constexpr ULONG kWindowsError = 0xc0070000;
constexpr auto kMoreData = static_cast<LONG>(0x80000005);
constexpr auto kMoreDataError = static_cast<LONG>(kWindowsError | ERROR_MORE_DATA);

int error_of(LONG status) {
  if (status == kMoreData || status == kMoreDataError) return 0;
  if ((static_cast<ULONG>(status) & 0xffff0000) == kWindowsError) {
    return error_from_windows(static_cast<ULONG>(status) & 0xffff);
  }
  return socket_error_of(status);
}

bool is_end(int error) {
  return error == UV_EPIPE || error == UV_EOF;
}

}  // namespace

// As the system itself writes an error of Win32 as a status.
LONG status_of_error(DWORD error) {
  constexpr auto kCancelled = static_cast<LONG>(0xc0000120);
  return error == ERROR_OPERATION_ABORTED ? kCancelled : static_cast<LONG>(kWindowsError | error);
}

int pipe_read_error(LONG status) {
  const int error = error_of(status);
  return is_end(error) ? UV_EOF : error;
}

int pipe_write_error(LONG status) {
  const int error = error_of(status);
  return is_end(error) ? UV_EPIPE : error;
}

}  // namespace violet

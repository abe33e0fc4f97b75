#include "iocp/socket_status.h"

#include "os/windows/windows_error.h"
#include "uv.h"

namespace violet {
namespace {

// <ntstatus.h> does not go together with <windows.h> in every version.
constexpr auto kCancelled = static_cast<LONG>(0xc0000120);
constexpr auto kLocalDisconnect = static_cast<LONG>(0xc000013b);
constexpr auto kRemoteDisconnect = static_cast<LONG>(0xc000013c);
constexpr auto kIoTimeout = static_cast<LONG>(0xc00000b5);
constexpr auto kPortUnreachable = static_cast<LONG>(0xc000023f);
// Wine's, for a socket that was closed meanwhile.
constexpr auto kDeviceOffLine = static_cast<LONG>(0x8000000a);
constexpr auto kMoreData = static_cast<LONG>(0x80000005);

}  // namespace

bool is_cancelled(LONG status) {
  return status == kCancelled || status == kDeviceOffLine;
}

int socket_error_of(LONG status) {
  if (status >= 0) return 0;
  switch (status) {
    case kLocalDisconnect:
      return UV_ECONNABORTED;
    case kRemoteDisconnect:
      return UV_ECONNRESET;
    case kIoTimeout:
      return UV_ETIMEDOUT;
    case kPortUnreachable:
      return UV_ECONNREFUSED;
    case kDeviceOffLine:
      return UV_ECANCELED;
    case kMoreData:
      return UV_EMSGSIZE;
    default:
      return error_from_status(status);
  }
}

}  // namespace violet

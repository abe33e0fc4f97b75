#include "iocp/socket_status.h"

#include "os/windows/windows_error.h"
#include "uv.h"

namespace violet {
namespace {

// <ntstatus.h> does not go together with <windows.h> in every version.
constexpr auto kCancelled = static_cast<LONG>(0xc0000120);
// Wine's, for a socket that was closed meanwhile.
constexpr auto kDeviceOffLine = static_cast<LONG>(0x8000000a);

struct Translation {
  ULONG status;
  int error;
};

// Statuses for which Winsock has another, or a more precise, error than Win32. All but the last as
// WSAGetOverlappedResult() translates them.
constexpr Translation kTranslations[] = {
    {0x80000005, UV_EMSGSIZE},  // more data
    {0x8000000a, UV_ECANCELED},
    // Memory and quotas of several kinds.
    {0xc0000007, UV_ENOBUFS},
    {0xc0000017, UV_ENOBUFS},
    {0xc0000044, UV_ENOBUFS},
    {0xc0000097, UV_ENOBUFS},
    {0xc000009a, UV_ENOBUFS},
    {0xc00000a1, UV_ENOBUFS},
    {0xc000012d, UV_ENOBUFS},
    {0xc00000b5, UV_ETIMEDOUT},
    {0xc00000bc, UV_ECONNREFUSED},
    {0xc00000be, UV_ENETUNREACH},
    {0xc000013b, UV_ECONNABORTED},  // disconnected by this side
    {0xc000013c, UV_ECONNRESET},    // by the other side
    {0xc000013e, UV_ECONNRESET},    // the link failed
    {0xc000013f, UV_ETIMEDOUT},     // or said nothing more
    {0xc0000140, UV_ENOTCONN},
    {0xc0000141, UV_EADDRNOTAVAIL},
    {0xc0000206, UV_EMSGSIZE},
    {0xc0000207, UV_EADDRNOTAVAIL},
    {0xc0000209, UV_ENOBUFS},  // all ports are in use
    {0xc000020a, UV_EADDRINUSE},
    {0xc000020f, UV_ECONNABORTED},
    {0xc000023e, UV_ENETUNREACH},   // no such protocol there
    {0xc000023f, UV_ECONNREFUSED},  // a datagram's port is closed: what POSIX says
};

}  // namespace

bool is_cancelled(LONG status) {
  return status == kCancelled || status == kDeviceOffLine;
}

int socket_error_of(LONG status) {
  if (status >= 0) return 0;
  for (const Translation& translation : kTranslations) {
    if (translation.status == static_cast<ULONG>(status)) return translation.error;
  }
  return error_from_status(status);
}

}  // namespace violet

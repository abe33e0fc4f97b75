#include "os/system_error.h"

#include <winsock2.h>

#include <windows.h>

// Needs the types of <windows.h>.
#include <winternl.h>

#include <algorithm>
#include <iterator>

#include "os/windows/windows_error.h"
#include "uv.h"

namespace violet {
namespace {

// Not in every header.
constexpr unsigned long kElevationRequired = 740;

struct Translation {
  unsigned long code;
  int error;
};

// In the order of the codes. tests/abi/facts/windows-errors.txt has what an independent library
// says; codes that it does not know follow what POSIX says in the same situation.
constexpr Translation kTranslations[] = {
    {ERROR_INVALID_FUNCTION, UV_EISDIR},
    {ERROR_FILE_NOT_FOUND, UV_ENOENT},
    {ERROR_PATH_NOT_FOUND, UV_ENOENT},
    {ERROR_TOO_MANY_OPEN_FILES, UV_EMFILE},
    {ERROR_ACCESS_DENIED, UV_EPERM},
    {ERROR_INVALID_HANDLE, UV_EBADF},
    {ERROR_NOT_ENOUGH_MEMORY, UV_ENOMEM},
    {ERROR_INVALID_DATA, UV_EINVAL},
    {ERROR_OUTOFMEMORY, UV_ENOMEM},
    {ERROR_INVALID_DRIVE, UV_ENOENT},
    {ERROR_NOT_SAME_DEVICE, UV_EXDEV},
    {ERROR_WRITE_PROTECT, UV_EROFS},
    {ERROR_CRC, UV_EIO},
    {ERROR_GEN_FAILURE, UV_EIO},
    {ERROR_SHARING_VIOLATION, UV_EBUSY},
    {ERROR_LOCK_VIOLATION, UV_EBUSY},
    {ERROR_HANDLE_EOF, UV_EOF},
    {ERROR_HANDLE_DISK_FULL, UV_ENOSPC},
    {ERROR_NOT_SUPPORTED, UV_ENOTSUP},
    {ERROR_NETNAME_DELETED, UV_ECONNRESET},
    {ERROR_FILE_EXISTS, UV_EEXIST},
    {ERROR_CANNOT_MAKE, UV_ENOSPC},
    {ERROR_INVALID_PARAMETER, UV_EINVAL},
    {ERROR_BROKEN_PIPE, UV_EOF},
    {ERROR_OPEN_FAILED, UV_EIO},
    {ERROR_BUFFER_OVERFLOW, UV_EFAULT},
    {ERROR_DISK_FULL, UV_ENOSPC},
    {ERROR_CALL_NOT_IMPLEMENTED, UV_ENOSYS},
    {ERROR_SEM_TIMEOUT, UV_ETIMEDOUT},
    {ERROR_INSUFFICIENT_BUFFER, UV_EINVAL},
    {ERROR_INVALID_NAME, UV_ENOENT},
    {ERROR_MOD_NOT_FOUND, UV_ENOENT},
    {ERROR_PROC_NOT_FOUND, UV_ENOENT},
    {ERROR_NEGATIVE_SEEK, UV_EINVAL},
    {ERROR_DIR_NOT_EMPTY, UV_ENOTEMPTY},
    {ERROR_SIGNAL_REFUSED, UV_EIO},
    {ERROR_BAD_PATHNAME, UV_ENOENT},
    {ERROR_BUSY, UV_EBUSY},
    {ERROR_ALREADY_EXISTS, UV_EEXIST},
    {ERROR_BAD_EXE_FORMAT, UV_EFTYPE},
    {ERROR_ENVVAR_NOT_FOUND, UV_ENOENT},
    {ERROR_NO_SIGNAL_SENT, UV_EIO},
    {ERROR_FILENAME_EXCED_RANGE, UV_ENAMETOOLONG},
    {ERROR_META_EXPANSION_TOO_LONG, UV_E2BIG},
    {ERROR_FILE_TOO_LARGE, UV_EFBIG},
    {ERROR_BAD_PIPE, UV_EPIPE},
    {ERROR_PIPE_BUSY, UV_EBUSY},
    {ERROR_NO_DATA, UV_EPIPE},
    {ERROR_PIPE_NOT_CONNECTED, UV_EPIPE},
    {ERROR_DIRECTORY, UV_ENOENT},
    {ERROR_EA_TABLE_FULL, UV_ENOSPC},
    {kElevationRequired, UV_EACCES},
    {ERROR_OPERATION_ABORTED, UV_ECANCELED},
    {ERROR_NOACCESS, UV_EACCES},
    {ERROR_INVALID_FLAGS, UV_EBADF},
    {ERROR_END_OF_MEDIA, UV_ENOSPC},
    {ERROR_FILEMARK_DETECTED, UV_EIO},
    {ERROR_BEGINNING_OF_MEDIA, UV_EIO},
    {ERROR_SETMARK_DETECTED, UV_EIO},
    {ERROR_NO_DATA_DETECTED, UV_EIO},
    {ERROR_INVALID_BLOCK_LENGTH, UV_EIO},
    {ERROR_BUS_RESET, UV_EIO},
    {ERROR_NO_UNICODE_TRANSLATION, UV_ECHARSET},
    {ERROR_IO_DEVICE, UV_EIO},
    {ERROR_EOM_OVERFLOW, UV_EIO},
    {ERROR_TOO_MANY_LINKS, UV_EMLINK},
    {ERROR_DEVICE_REQUIRES_CLEANING, UV_EIO},
    {ERROR_DEVICE_DOOR_OPEN, UV_EIO},
    {ERROR_CONNECTION_REFUSED, UV_ECONNREFUSED},
    {ERROR_ADDRESS_ALREADY_ASSOCIATED, UV_EADDRINUSE},
    {ERROR_NETWORK_UNREACHABLE, UV_ENETUNREACH},
    {ERROR_HOST_UNREACHABLE, UV_EHOSTUNREACH},
    {ERROR_CONNECTION_ABORTED, UV_ECONNABORTED},
    {ERROR_PRIVILEGE_NOT_HELD, UV_EPERM},
    {ERROR_DISK_CORRUPT, UV_EIO},
    {ERROR_NO_SYSTEM_RESOURCES, UV_ENOMEM},
    {ERROR_COMMITMENT_LIMIT, UV_ENOMEM},
    {ERROR_SYMLINK_NOT_SUPPORTED, UV_EINVAL},
    {ERROR_CANT_ACCESS_FILE, UV_EACCES},
    {ERROR_CANT_RESOLVE_FILENAME, UV_ELOOP},
    {ERROR_NOT_CONNECTED, UV_ENOTCONN},
    {ERROR_NOT_A_REPARSE_POINT, UV_EINVAL},
    {ERROR_INVALID_REPARSE_DATA, UV_ENOENT},
    {WSAEINTR, UV_ECANCELED},
    {WSAEBADF, UV_EBADF},
    {WSAEACCES, UV_EACCES},
    {WSAEFAULT, UV_EFAULT},
    {WSAEINVAL, UV_EINVAL},
    {WSAEMFILE, UV_EMFILE},
    {WSAEWOULDBLOCK, UV_EAGAIN},
    {WSAEALREADY, UV_EALREADY},
    {WSAENOTSOCK, UV_ENOTSOCK},
    {WSAEDESTADDRREQ, UV_EDESTADDRREQ},
    {WSAEMSGSIZE, UV_EMSGSIZE},
    {WSAEPROTOTYPE, UV_EPROTOTYPE},
    {WSAENOPROTOOPT, UV_ENOPROTOOPT},
    {WSAEPROTONOSUPPORT, UV_EPROTONOSUPPORT},
    {WSAESOCKTNOSUPPORT, UV_EINVAL},
    {WSAEOPNOTSUPP, UV_ENOTSUP},
    {WSAEPFNOSUPPORT, UV_EINVAL},
    {WSAEAFNOSUPPORT, UV_EAFNOSUPPORT},
    {WSAEADDRINUSE, UV_EADDRINUSE},
    {WSAEADDRNOTAVAIL, UV_EADDRNOTAVAIL},
    {WSAENETDOWN, UV_ENETDOWN},
    {WSAENETUNREACH, UV_ENETUNREACH},
    {WSAENETRESET, UV_ECONNRESET},
    {WSAECONNABORTED, UV_ECONNABORTED},
    {WSAECONNRESET, UV_ECONNRESET},
    {WSAENOBUFS, UV_ENOBUFS},
    {WSAEISCONN, UV_EISCONN},
    {WSAENOTCONN, UV_ENOTCONN},
    {WSAESHUTDOWN, UV_EPIPE},
    {WSAETIMEDOUT, UV_ETIMEDOUT},
    {WSAECONNREFUSED, UV_ECONNREFUSED},
    {WSAELOOP, UV_ELOOP},
    {WSAENAMETOOLONG, UV_ENAMETOOLONG},
    {WSAEHOSTDOWN, UV_EHOSTDOWN},
    {WSAEHOSTUNREACH, UV_EHOSTUNREACH},
    {WSAHOST_NOT_FOUND, UV_ENOENT},
    {WSANO_DATA, UV_ENOENT},
};

constexpr bool is_before(const Translation& left, const Translation& right) {
  return left.code < right.code;
}
static_assert(std::is_sorted(std::begin(kTranslations), std::end(kTranslations), is_before));

}  // namespace

int error_from_windows(unsigned long code) {
  if (code == ERROR_SUCCESS) return 0;
  const Translation wanted = {code, 0};
  const Translation* found =
      std::lower_bound(std::begin(kTranslations), std::end(kTranslations), wanted, is_before);
  return found != std::end(kTranslations) && found->code == code ? found->error : UV_UNKNOWN;
}

int error_from_status(long status) {
  return error_from_windows(RtlNtStatusToDosError(status));
}

int last_windows_error() {
  return error_from_windows(GetLastError());
}

int last_socket_error() {
  return error_from_windows(static_cast<unsigned long>(WSAGetLastError()));
}

// The first code of a meaning is the one that the system uses most.
int system_error_of(int error) {
  if (error >= 0) return 0;
  for (const Translation& translation : kTranslations) {
    if (translation.error == error) return static_cast<int>(translation.code);
  }
  return ERROR_GEN_FAILURE;
}

int translate_system_error(int error) {
  return error <= 0 ? error : error_from_windows(static_cast<unsigned long>(error));
}

}  // namespace violet

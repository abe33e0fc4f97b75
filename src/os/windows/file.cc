#include "os/file.h"

#include <fcntl.h>
#include <io.h>
#include <sys/stat.h>

#include <algorithm>

#include "os/windows/file_lock.h"
#include "os/windows/open_file.h"

namespace violet {
namespace {

struct Opening {
  DWORD access = 0;
  // Rights that are needed for opening only, and are given up afterwards.
  DWORD more_access = 0;
  DWORD sharing = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
  DWORD disposition = OPEN_EXISTING;
  DWORD attributes = 0;
};

constexpr int kAccessFlags = UV_FS_O_RDONLY | UV_FS_O_WRONLY | UV_FS_O_RDWR;

int set_access(int flags, Opening& opening) {
  switch (flags & kAccessFlags) {
    case UV_FS_O_RDONLY:
      opening.access = FILE_GENERIC_READ;
      break;
    case UV_FS_O_WRONLY:
      opening.access = FILE_GENERIC_WRITE;
      break;
    case UV_FS_O_RDWR:
      opening.access = FILE_GENERIC_READ | FILE_GENERIC_WRITE;
      break;
    default:
      return UV_EINVAL;
  }
  if ((flags & UV_FS_O_APPEND) != 0) {
    // With FILE_APPEND_DATA but without FILE_WRITE_DATA every write goes to the end of the file.
    opening.access &= ~static_cast<DWORD>(FILE_WRITE_DATA);
    opening.access |= FILE_APPEND_DATA;
  }
  if ((flags & UV_FS_O_EXLOCK) != 0) opening.sharing = 0;
  return 0;
}

DWORD disposition_of(int flags) {
  const bool truncates = (flags & UV_FS_O_TRUNC) != 0;
  if ((flags & UV_FS_O_CREAT) == 0) return truncates ? TRUNCATE_EXISTING : OPEN_EXISTING;
  if ((flags & UV_FS_O_EXCL) != 0) return CREATE_NEW;
  return truncates ? CREATE_ALWAYS : OPEN_ALWAYS;
}

int set_attributes(int flags, int mode, Opening& opening) {
  DWORD attributes = FILE_ATTRIBUTE_NORMAL;
  if ((flags & UV_FS_O_CREAT) != 0 && (mode & _S_IWRITE) == 0)
    attributes |= FILE_ATTRIBUTE_READONLY;
  if ((flags & UV_FS_O_SHORT_LIVED) != 0) attributes |= FILE_ATTRIBUTE_TEMPORARY;
  if ((flags & UV_FS_O_TEMPORARY) != 0) {
    attributes |= FILE_FLAG_DELETE_ON_CLOSE;
    opening.access |= DELETE;
  }
  if ((flags & UV_FS_O_SEQUENTIAL) != 0 && (flags & UV_FS_O_RANDOM) != 0) return UV_EINVAL;
  if ((flags & UV_FS_O_SEQUENTIAL) != 0) attributes |= FILE_FLAG_SEQUENTIAL_SCAN;
  if ((flags & UV_FS_O_RANDOM) != 0) attributes |= FILE_FLAG_RANDOM_ACCESS;
  if ((flags & UV_FS_O_DIRECT) != 0) {
    // The system refuses the two together, for appending takes whole sectors from a cache.
    if ((flags & UV_FS_O_APPEND) != 0) return UV_EINVAL;
    attributes |= FILE_FLAG_NO_BUFFERING;
  }
  if ((flags & (UV_FS_O_SYNC | UV_FS_O_DSYNC)) != 0) attributes |= FILE_FLAG_WRITE_THROUGH;
  // This flag allows to open directories.
  opening.attributes = attributes | FILE_FLAG_BACKUP_SEMANTICS;
  return 0;
}

int plan_opening(int flags, int mode, Opening& opening) {
  if (int error = set_access(flags, opening); error != 0) return error;
  opening.disposition = disposition_of(flags);
  // Truncating takes the right to write, whatever was asked for.
  if (opening.disposition == TRUNCATE_EXISTING) opening.more_access = GENERIC_WRITE;
  return set_attributes(flags, mode, opening);
}

// Opens the file again with the access that was asked for: with more rights an appending file would
// not append.
int give_up_rights(DWORD access, OwnedHandle& file) {
  const HANDLE self = GetCurrentProcess();
  OwnedHandle given;
  if (!DuplicateHandle(self, file.get(), self, given.to_fill(), access, FALSE, 0)) {
    return last_windows_error();
  }
  file = static_cast<OwnedHandle&&>(given);
  return 0;
}

bool is_directory(const FilePath& path) {
  const DWORD attributes = GetFileAttributesW(path.get());
  return attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
}

// The error of a failed opening. For directories the system's own is too vague.
int error_of_opening(DWORD code, const FilePath& path, int flags) {
  const bool must_be_new = (flags & UV_FS_O_CREAT) != 0 && (flags & UV_FS_O_EXCL) != 0;
  if (code == ERROR_FILE_EXISTS && !must_be_new && is_directory(path)) return UV_EISDIR;
  return error_from_windows(code);
}

int descriptor_flags(int flags) {
  int result = _O_BINARY | _O_NOINHERIT;
  if ((flags & kAccessFlags) == UV_FS_O_RDONLY) result |= _O_RDONLY;
  if ((flags & UV_FS_O_APPEND) != 0) result |= _O_APPEND;
  return result;
}

OVERLAPPED position_at(std::int64_t offset) {
  OVERLAPPED position = {};
  position.Offset = static_cast<DWORD>(offset);
  position.OffsetHigh = static_cast<DWORD>(offset >> 32);
  return position;
}

using Transfer = std::int64_t (*)(HANDLE file, const uv_buf_t& buffer, OVERLAPPED* position);

std::int64_t read_once(HANDLE file, const uv_buf_t& buffer, OVERLAPPED* position) {
  DWORD count = 0;
  if (ReadFile(file, buffer.base, buffer.len, &count, position)) return count;
  const DWORD code = GetLastError();
  // The end of a file or pipe.
  if (code == ERROR_HANDLE_EOF || code == ERROR_BROKEN_PIPE) return 0;
  return error_from_windows(code);
}

std::int64_t write_once(HANDLE file, const uv_buf_t& buffer, OVERLAPPED* position) {
  DWORD count = 0;
  if (!WriteFile(file, buffer.base, buffer.len, &count, position)) return last_windows_error();
  return count;
}

// One buffer behind the other, until one is not filled or `only_once` says that there was enough.
std::int64_t transfer_all(HANDLE file, const uv_buf_t* buffers, unsigned int count,
                          std::int64_t offset, bool only_once, Transfer transfer) {
  std::int64_t total = 0;
  for (unsigned int i = 0; i < count; ++i) {
    OVERLAPPED position = position_at(offset + total);
    const std::int64_t done = transfer(file, buffers[i], offset < 0 ? nullptr : &position);
    // An error after some bytes is left for the next call to meet.
    if (done < 0) return total > 0 ? total : done;
    total += done;
    if (done < static_cast<std::int64_t>(buffers[i].len)) break;
    if (only_once && total > 0) break;
  }
  return total;
}

std::int64_t transfer_at(uv_file file, const uv_buf_t* buffers, unsigned int count,
                         std::int64_t offset, bool reads) {
  const HANDLE handle = handle_of_file(file);
  if (handle == INVALID_HANDLE_VALUE) return UV_EBADF;
  const Transfer transfer = reads ? read_once : write_once;
  if (GetFileType(handle) != FILE_TYPE_DISK) {
    return transfer_all(handle, buffers, count, -1, reads, transfer);
  }
  PositionLock lock(handle, offset >= 0);
  return transfer_all(handle, buffers, count, offset, false, transfer);
}

}  // namespace

int open_file(const char* path, int flags, int mode, uv_file& opened) {
  FilePath wide;
  Opening opening;
  if (int error = wide.assign(path); error != 0) return error;
  if (int error = plan_opening(flags, mode, opening); error != 0) return error;
  OwnedHandle file(CreateFileW(wide.get(), opening.access | opening.more_access, opening.sharing,
                               nullptr, opening.disposition, opening.attributes, nullptr));
  if (!file.is_open()) return error_of_opening(GetLastError(), wide, flags);
  if (opening.more_access != 0) {
    if (int error = give_up_rights(opening.access, file); error != 0) return error;
  }
  const int descriptor =
      _open_osfhandle(reinterpret_cast<intptr_t>(file.get()), descriptor_flags(flags));
  if (descriptor < 0) return UV_EMFILE;
  file.take();
  opened = descriptor;
  return 0;
}

int close_file(uv_file file) {
  if (handle_of_file(file) == INVALID_HANDLE_VALUE) return UV_EBADF;
  return _close(file) == 0 ? 0 : UV_EBADF;
}

std::int64_t read_file(uv_file file, const uv_buf_t* buffers, unsigned int count,
                       std::int64_t offset) {
  return transfer_at(file, buffers, count, offset, true);
}

std::int64_t write_file(uv_file file, const uv_buf_t* buffers, unsigned int count,
                        std::int64_t offset) {
  return transfer_at(file, buffers, count, offset, false);
}

int sync_file(uv_file file) {
  const HANDLE handle = handle_of_file(file);
  if (handle == INVALID_HANDLE_VALUE) return UV_EBADF;
  return FlushFileBuffers(handle) ? 0 : last_windows_error();
}

int sync_file_data(uv_file file) {
  return sync_file(file);
}

int truncate_file(uv_file file, std::int64_t length) {
  const HANDLE handle = handle_of_file(file);
  if (handle == INVALID_HANDLE_VALUE) return UV_EBADF;
  if (length < 0) return UV_EINVAL;
  FILE_END_OF_FILE_INFO end;
  end.EndOfFile.QuadPart = length;
  return change(handle, FileEndOfFileInfo, end) ? 0 : last_windows_error();
}

std::int64_t send_file(uv_file target, uv_file source, std::int64_t offset, std::size_t length) {
  char room[std::size_t{64} * 1024];
  std::int64_t total = 0;
  while (static_cast<std::size_t>(total) < length) {
    const std::size_t rest = length - static_cast<std::size_t>(total);
    uv_buf_t buffer = {};
    buffer.base = room;
    buffer.len = static_cast<ULONG>(std::min(rest, sizeof(room)));
    const std::int64_t count = read_file(source, &buffer, 1, offset < 0 ? -1 : offset + total);
    if (count < 0 && total == 0) return count;
    if (count <= 0) break;
    buffer.len = static_cast<ULONG>(count);
    const std::int64_t written = write_file(target, &buffer, 1, -1);
    if (written < 0) return total > 0 ? total : written;
    total += written;
    if (written < count) break;
  }
  return total;
}

}  // namespace violet

#include "os/windows/open_file.h"

#include <io.h>

#include "uv.h"

namespace violet {

int open_existing(const FilePath& path, DWORD access, Link link, OwnedHandle& file) {
  // Without this flag the system opens no directories.
  DWORD flags = FILE_FLAG_BACKUP_SEMANTICS;
  if (link == Link::kItself) flags |= FILE_FLAG_OPEN_REPARSE_POINT;
  constexpr DWORD kShareAll = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
  file = OwnedHandle(
      CreateFileW(path.get(), access, kShareAll, nullptr, OPEN_EXISTING, flags, nullptr));
  return file.is_open() ? 0 : last_windows_error();
}

int open_existing(const char* path, DWORD access, Link link, OwnedHandle& file) {
  FilePath wide;
  if (int error = wide.assign(path); error != 0) return error;
  return open_existing(wide, access, link, file);
}

HANDLE handle_of_file(int file) {
  return file < 0 ? INVALID_HANDLE_VALUE : reinterpret_cast<HANDLE>(_get_osfhandle(file));
}

bool is_link_tag(DWORD reparse_tag) {
  return reparse_tag == IO_REPARSE_TAG_SYMLINK || reparse_tag == IO_REPARSE_TAG_MOUNT_POINT;
}

bool is_link(HANDLE file, DWORD attributes) {
  if ((attributes & FILE_ATTRIBUTE_REPARSE_POINT) == 0) return false;
  FILE_ATTRIBUTE_TAG_INFO information;
  return query(file, FileAttributeTagInfo, information) && is_link_tag(information.ReparseTag);
}

}  // namespace violet

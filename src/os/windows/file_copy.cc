#include "os/file.h"
#include "os/windows/open_file.h"

namespace violet {
namespace {

// Whether both names are of one file: 1, 0, or a negative UV_E* about the first.
int are_same(const FilePath& path, const FilePath& new_path) {
  OwnedHandle source;
  OwnedHandle target;
  if (int error = open_existing(path, FILE_READ_ATTRIBUTES, Link::kFollow, source); error != 0) {
    return error;
  }
  if (open_existing(new_path, FILE_READ_ATTRIBUTES, Link::kFollow, target) != 0) return 0;
  BY_HANDLE_FILE_INFORMATION first, second;
  if (!GetFileInformationByHandle(source.get(), &first) ||
      !GetFileInformationByHandle(target.get(), &second)) {
    return last_windows_error();
  }
  return first.dwVolumeSerialNumber == second.dwVolumeSerialNumber &&
                 first.nFileIndexHigh == second.nFileIndexHigh &&
                 first.nFileIndexLow == second.nFileIndexLow
             ? 1
             : 0;
}

}  // namespace

// The system keeps attributes and times, and removes what it has made when copying fails. Where the
// file system can (ReFS), newer systems share the blocks by themselves; nobody can ask for that
// alone.
int copy_file(const char* path, const char* new_path, int flags) {
  if ((flags & UV_FS_COPYFILE_FICLONE_FORCE) != 0) return UV_ENOSYS;
  FilePath wide;
  FilePath new_wide;
  if (int error = wide.assign(path); error != 0) return error;
  if (int error = new_wide.assign(new_path); error != 0) return error;
  const bool must_be_new = (flags & UV_FS_COPYFILE_EXCL) != 0;
  if (CopyFileW(wide.get(), new_wide.get(), must_be_new)) return 0;
  const DWORD code = GetLastError();
  // A file that is copied to itself stays as it is.
  if (!must_be_new && are_same(wide, new_wide) == 1) return 0;
  return error_from_windows(code);
}

}  // namespace violet

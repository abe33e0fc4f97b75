// Permissions, owners and times of files. Of permissions there is one bit: "read-only".
#include <io.h>
#include <sys/stat.h>

#include "os/file_status.h"
#include "os/windows/file_times.h"
#include "os/windows/open_file.h"

namespace violet {
namespace {

constexpr int kMayWrite = 2;  // W_OK

// The same file, opened for changing its attributes: the handle that a program has may be for
// reading only.
int reopen(uv_file file, OwnedHandle& opened) {
  const HANDLE handle = handle_of_file(file);
  if (handle == INVALID_HANDLE_VALUE) return UV_EBADF;
  opened = OwnedHandle(ReOpenFile(handle, FILE_READ_ATTRIBUTES | FILE_WRITE_ATTRIBUTES,
                                  FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                                  FILE_FLAG_BACKUP_SEMANTICS));
  return opened.is_open() ? 0 : last_windows_error();
}

// Zeroes leave the times as they are; an attribute there has to be.
int set_attributes(HANDLE file, DWORD attributes) {
  FILE_BASIC_INFO basics = {};
  basics.FileAttributes = attributes == 0 ? FILE_ATTRIBUTE_NORMAL : attributes;
  return change(file, FileBasicInfo, basics) ? 0 : last_windows_error();
}

int set_mode(HANDLE file, int mode) {
  FILE_BASIC_INFO basics;
  if (!query(file, FileBasicInfo, basics)) return last_windows_error();
  DWORD attributes = basics.FileAttributes & ~static_cast<DWORD>(FILE_ATTRIBUTE_READONLY);
  if ((mode & _S_IWRITE) == 0) attributes |= FILE_ATTRIBUTE_READONLY;
  return set_attributes(file, attributes);
}

int set_times(HANDLE file, const FileTimes& times) {
  FILE_BASIC_INFO basics = {};
  if (!to_system_time(times.access, basics.LastAccessTime) ||
      !to_system_time(times.modification, basics.LastWriteTime)) {
    return UV_EINVAL;
  }
  return change(file, FileBasicInfo, basics) ? 0 : last_windows_error();
}

int set_times_by_name(const char* path, const FileTimes& times, Link link) {
  OwnedHandle file;
  if (int error = open_existing(path, FILE_WRITE_ATTRIBUTES, link, file); error != 0) return error;
  return set_times(file.get(), times);
}

}  // namespace

int check_access(const char* path, int mode) {
  FilePath wide;
  if (int error = wide.assign(path); error != 0) return error;
  const DWORD attributes = GetFileAttributesW(wide.get());
  if (attributes == INVALID_FILE_ATTRIBUTES) return last_windows_error();
  // Of a directory the attribute has another meaning: files can be made in it all the same.
  const bool is_read_only =
      (attributes & FILE_ATTRIBUTE_READONLY) != 0 && (attributes & FILE_ATTRIBUTE_DIRECTORY) == 0;
  return (mode & kMayWrite) != 0 && is_read_only ? UV_EPERM : 0;
}

int change_mode(const char* path, int mode) {
  OwnedHandle file;
  constexpr DWORD kAccess = FILE_READ_ATTRIBUTES | FILE_WRITE_ATTRIBUTES;
  if (int error = open_existing(path, kAccess, Link::kFollow, file); error != 0) return error;
  return set_mode(file.get(), mode);
}

int change_file_mode(uv_file file, int mode) {
  OwnedHandle opened;
  if (int error = reopen(file, opened); error != 0) return error;
  return set_mode(opened.get(), mode);
}

int change_owner(const char*, uv_uid_t, uv_gid_t) {
  return 0;
}

int change_link_owner(const char*, uv_uid_t, uv_gid_t) {
  return 0;
}

int change_file_owner(uv_file, uv_uid_t, uv_gid_t) {
  return 0;
}

int change_times(const char* path, const FileTimes& times) {
  return set_times_by_name(path, times, Link::kFollow);
}

int change_link_times(const char* path, const FileTimes& times) {
  return set_times_by_name(path, times, Link::kItself);
}

int change_file_times(uv_file file, const FileTimes& times) {
  OwnedHandle opened;
  if (int error = reopen(file, opened); error != 0) return error;
  return set_times(opened.get(), times);
}

}  // namespace violet

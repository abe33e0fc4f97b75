#include "os/windows/remove.h"

#include <cstddef>
#include <cstring>
#include <cwchar>

#include "os/windows/open_file.h"
#include "uv.h"

namespace violet {
namespace {

// Of FILE_DISPOSITION_INFO_EX and FILE_RENAME_INFO, which older headers lack.
constexpr auto kFileDispositionInfoEx = static_cast<FILE_INFO_BY_HANDLE_CLASS>(21);
constexpr auto kFileRenameInfoEx = static_cast<FILE_INFO_BY_HANDLE_CLASS>(22);
constexpr DWORD kDelete = 0x1;
constexpr DWORD kDeletePosix = 0x2;
constexpr DWORD kDeleteReadOnly = 0x10;
constexpr DWORD kRenameReplace = 0x1;
constexpr DWORD kRenamePosix = 0x2;
constexpr DWORD kRenameReadOnly = 0x40;

struct DispositionEx {
  DWORD flags;
};

struct RenameInfo {
  DWORD flags;
  HANDLE root;
  DWORD name_size;  // in bytes
  wchar_t name[1];
};
static_assert(offsetof(RenameInfo, name) == 20);

// What the system or the file system says where it does not know the newer call.
bool is_unknown_call(DWORD code) {
  return code == ERROR_INVALID_PARAMETER || code == ERROR_INVALID_FUNCTION ||
         code == ERROR_NOT_SUPPORTED || code == ERROR_CALL_NOT_IMPLEMENTED;
}

bool set_read_only(HANDLE file, DWORD attributes, bool read_only) {
  FILE_BASIC_INFO basics = {};
  DWORD wanted = attributes & ~static_cast<DWORD>(FILE_ATTRIBUTE_READONLY);
  if (read_only) wanted |= FILE_ATTRIBUTE_READONLY;
  basics.FileAttributes = wanted == 0 ? FILE_ATTRIBUTE_NORMAL : wanted;
  return change(file, FileBasicInfo, basics);
}

// The name goes when the last handle does. A read-only file has to be made another first.
int remove_on_close(HANDLE file, DWORD attributes) {
  const bool is_read_only = (attributes & FILE_ATTRIBUTE_READONLY) != 0;
  if (is_read_only && !set_read_only(file, attributes, false)) return last_windows_error();
  FILE_DISPOSITION_INFO disposition = {TRUE};
  if (change(file, FileDispositionInfo, disposition)) return 0;
  const int error = last_windows_error();
  if (is_read_only) set_read_only(file, attributes, true);
  return error;
}

int remove_opened(HANDLE file, DWORD attributes) {
  DispositionEx disposition = {kDelete | kDeletePosix | kDeleteReadOnly};
  if (change(file, kFileDispositionInfoEx, disposition)) return 0;
  const DWORD code = GetLastError();
  return is_unknown_call(code) ? remove_on_close(file, attributes) : error_from_windows(code);
}

int check_kind(HANDLE file, DWORD attributes, Removal removal) {
  const bool is_directory = (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
  // Links to directories are directories here. They can be removed as either, as they always could.
  if (removal == Removal::kFile) return is_directory && !is_link(file, attributes) ? UV_EPERM : 0;
  return is_directory ? 0 : UV_ENOENT;
}

// The newer call; ERROR_NOT_SUPPORTED also when memory is out.
DWORD rename_opened(HANDLE file, const wchar_t* name) {
  const std::size_t length = std::wcslen(name);
  const std::size_t size = sizeof(RenameInfo) + length * sizeof(wchar_t);
  Owned<RenameInfo> info(static_cast<RenameInfo*>(allocate_zeroed(1, size)));
  if (!info) return ERROR_NOT_SUPPORTED;
  info.get()->flags = kRenameReplace | kRenamePosix | kRenameReadOnly;
  info.get()->name_size = static_cast<DWORD>(length * sizeof(wchar_t));
  std::wmemcpy(info.get()->name, name, length);
  return SetFileInformationByHandle(file, kFileRenameInfoEx, info.get(), static_cast<DWORD>(size))
             ? ERROR_SUCCESS
             : GetLastError();
}

// False where the older call has to do.
bool try_newer_move(const FilePath& path, const FilePath& new_path, int& error) {
  WideText full;
  const int failure = fill_wide(full, [&](wchar_t* text, DWORD capacity) {
    return GetFullPathNameW(new_path.get(), capacity, text, nullptr);
  });
  if (failure != 0) return false;
  OwnedHandle file;
  error = open_existing(path, DELETE | SYNCHRONIZE, Link::kItself, file);
  if (error != 0) return true;
  const DWORD code = rename_opened(file.get(), full.get());
  error = error_from_windows(code);
  return !is_unknown_call(code) && code != ERROR_NOT_SAME_DEVICE;
}

}  // namespace

int remove_by_name(const char* path, Removal removal) {
  OwnedHandle file;
  constexpr DWORD kAccess = DELETE | FILE_READ_ATTRIBUTES | FILE_WRITE_ATTRIBUTES;
  if (int error = open_existing(path, kAccess, Link::kItself, file); error != 0) return error;
  FILE_BASIC_INFO basics;
  if (!query(file.get(), FileBasicInfo, basics)) return last_windows_error();
  if (int error = check_kind(file.get(), basics.FileAttributes, removal); error != 0) return error;
  return remove_opened(file.get(), basics.FileAttributes);
}

int move_file(const FilePath& path, const FilePath& new_path) {
  int error = 0;
  if (try_newer_move(path, new_path, error)) return error;
  return MoveFileExW(path.get(), new_path.get(), MOVEFILE_REPLACE_EXISTING) ? 0
                                                                            : last_windows_error();
}

}  // namespace violet

#include "os/names.h"

#include <cstring>

#include "os/file.h"
#include "os/random.h"
#include "os/windows/open_file.h"
#include "os/windows/remove.h"
#include "os/windows/reparse_point.h"

namespace violet {
namespace {

constexpr std::size_t kTemplateLength = 6;
constexpr int kTemporaryTries = 100;

char* path_of_handle(HANDLE file, int& error) {
  WideText path;
  error = fill_wide(path, [file](wchar_t* text, DWORD capacity) {
    return GetFinalPathNameByHandleW(file, text, capacity, VOLUME_NAME_DOS);
  });
  if (error != 0) return nullptr;
  char* copy = plain_path(path.get());
  error = copy == nullptr ? UV_ENOMEM : 0;
  return copy;
}

// Replaces the letters at the end of the template until `make` finds a name that is free.
template <typename Make>
int make_by_template(char* name, Make make) {
  constexpr char kLetters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  const std::size_t length = std::strlen(name);
  if (length < kTemplateLength) return UV_EINVAL;
  char* end = name + length - kTemplateLength;
  if (std::strcmp(end, "XXXXXX") != 0) return UV_EINVAL;
  for (int tries = 0; tries < kTemporaryTries; ++tries) {
    unsigned char bytes[kTemplateLength];
    if (int error = fill_random(bytes, sizeof(bytes)); error != 0) return error;
    for (std::size_t i = 0; i < kTemplateLength; ++i)
      end[i] = kLetters[bytes[i] % (sizeof(kLetters) - 1)];
    const int error = make();
    if (error != UV_EEXIST) return error;
  }
  return UV_EEXIST;
}

// Junctions are made of a directory, and only lead to where a full path leads.
int make_junction_by_name(const char* path, const FilePath& new_path) {
  WideText target;
  WideText full;
  if (int error = target.assign(path); error != 0) return error;
  const int error = fill_wide(full, [&](wchar_t* text, DWORD capacity) {
    return GetFullPathNameW(target.get(), capacity, text, nullptr);
  });
  if (error != 0) return error;
  if (!CreateDirectoryW(new_path.get(), nullptr)) return last_windows_error();
  OwnedHandle directory;
  int failure = open_existing(new_path, GENERIC_WRITE, Link::kItself, directory);
  if (failure == 0) failure = make_junction(directory.get(), full.get());
  directory.close();
  if (failure != 0) RemoveDirectoryW(new_path.get());
  return failure;
}

}  // namespace

int rename_file(const char* path, const char* new_path) {
  FilePath wide;
  FilePath new_wide;
  if (int error = wide.assign(path); error != 0) return error;
  if (int error = new_wide.assign(new_path); error != 0) return error;
  return move_file(wide, new_wide);
}

int make_link(const char* path, const char* new_path) {
  FilePath wide;
  FilePath new_wide;
  if (int error = wide.assign(path); error != 0) return error;
  if (int error = new_wide.assign(new_path); error != 0) return error;
  return CreateHardLinkW(new_wide.get(), wide.get(), nullptr) ? 0 : last_windows_error();
}

int make_symbolic_link(const char* path, const char* new_path, int flags) {
  FilePath new_wide;
  if (int error = new_wide.assign(new_path); error != 0) return error;
  if ((flags & UV_FS_SYMLINK_JUNCTION) != 0) return make_junction_by_name(path, new_wide);
  // The target is kept as it is written, relative to where the link lies.
  WideText target;
  if (int error = target.assign(path); error != 0) return error;
  DWORD kind = (flags & UV_FS_SYMLINK_DIR) != 0 ? SYMBOLIC_LINK_FLAG_DIRECTORY : 0;
  // In developer mode no privilege is needed; systems before that mode refuse the flag.
  constexpr DWORD kUnprivileged = 2;
  if (CreateSymbolicLinkW(new_wide.get(), target.get(), kind | kUnprivileged)) return 0;
  if (GetLastError() != ERROR_INVALID_PARAMETER) return last_windows_error();
  return CreateSymbolicLinkW(new_wide.get(), target.get(), kind) ? 0 : last_windows_error();
}

int make_directory(const char* path, int) {
  FilePath wide;
  if (int error = wide.assign(path); error != 0) return error;
  return CreateDirectoryW(wide.get(), nullptr) ? 0 : last_windows_error();
}

int remove_file(const char* path) {
  return remove_by_name(path, Removal::kFile);
}

int remove_directory(const char* path) {
  return remove_by_name(path, Removal::kDirectory);
}

int make_temporary_directory(char* name) {
  return make_by_template(name, [name] { return make_directory(name, 0700); });
}

int make_temporary_file(char* name, uv_file& opened) {
  return make_by_template(name, [name, &opened] {
    return open_file(name, UV_FS_O_RDWR | UV_FS_O_CREAT | UV_FS_O_EXCL, 0600, opened);
  });
}

char* target_of_link(const char* path, int& error) {
  OwnedHandle link;
  error = open_existing(path, FILE_READ_ATTRIBUTES, Link::kItself, link);
  return error != 0 ? nullptr : read_link_target(link.get(), error);
}

char* resolve_path(const char* path, int& error) {
  OwnedHandle file;
  error = open_existing(path, 0, Link::kFollow, file);
  return error != 0 ? nullptr : path_of_handle(file.get(), error);
}

}  // namespace violet

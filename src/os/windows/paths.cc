#include "os/paths.h"

#include <windows.h>

// Needs the types of <windows.h>.
#include <userenv.h>

#include <cwchar>

#include "os/environment.h"
#include "os/windows/profile.h"
#include "os/windows/wide_text.h"
#include "uv.h"

namespace violet {
namespace {

// Without the separator at the end of anything but a drive's root.
int write_directory(const WideText& directory, char* buffer, std::size_t* size) {
  const wchar_t* text = directory.get();
  std::size_t length = std::wcslen(text);
  const bool is_root = length == 3 && text[1] == L':';
  if (length > 1 && text[length - 1] == L'\\' && !is_root) --length;
  return write_wide_text(text, length, buffer, size);
}

// Each drive has a current directory, which the shell and the C library keep in a variable such as
// "=C:". Paths like "C:name" are about it.
void note_drive_directory() {
  WideText directory;
  const int error = fill_wide(directory, [](wchar_t* text, DWORD capacity) {
    return GetCurrentDirectoryW(capacity, text);
  });
  if (error != 0 || directory.get()[1] != L':') return;
  const wchar_t name[] = {L'=', directory.get()[0], L':', L'\0'};
  SetEnvironmentVariableW(name, directory.get());
}

}  // namespace

int executable_path(char* buffer, std::size_t* size) {
  WideText path;
  const int error = fill_wide(path, [](wchar_t* text, DWORD capacity) {
    return GetModuleFileNameW(nullptr, text, capacity);
  });
  if (error != 0) return error;
  *size = write_cut(path.get(), buffer, *size);
  return 0;
}

int current_directory(char* buffer, std::size_t* size) {
  WideText directory;
  const int error = fill_wide(directory, [](wchar_t* text, DWORD capacity) {
    return GetCurrentDirectoryW(capacity, text);
  });
  return error != 0 ? error : write_directory(directory, buffer, size);
}

int change_directory(const char* directory) {
  WideText wide;
  if (int error = wide.assign(directory); error != 0) return error;
  if (!SetCurrentDirectoryW(wide.get())) return last_windows_error();
  note_drive_directory();
  return 0;
}

int home_directory(char* buffer, std::size_t* size) {
  const int error = get_environment("USERPROFILE", buffer, size);
  if (error != UV_ENOENT) return error;
  WideText directory;
  if (int failure = profile_directory(directory); failure != 0) return failure;
  return write_wide_text(directory.get(), buffer, size);
}

int temporary_directory(char* buffer, std::size_t* size) {
  WideText directory;
  const int error = fill_wide(
      directory, [](wchar_t* text, DWORD capacity) { return GetTempPathW(capacity, text); });
  return error != 0 ? error : write_directory(directory, buffer, size);
}

}  // namespace violet

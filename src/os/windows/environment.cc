#include "os/environment.h"

#include <windows.h>

#include <cstring>

#include "base/allocator.h"

namespace violet {
namespace {

// The UTF-16 value, or null when the variable is not set or memory is out.
Owned<wchar_t> wide_value(const wchar_t* name) {
  for (DWORD capacity = 256;;) {
    Owned<wchar_t> value(static_cast<wchar_t*>(allocate(capacity * sizeof(wchar_t))));
    if (!value) return value;
    SetLastError(ERROR_SUCCESS);
    DWORD length = GetEnvironmentVariableW(name, value.get(), capacity);
    if (length == 0 && GetLastError() != ERROR_SUCCESS) return Owned<wchar_t>();
    if (length < capacity) return value;
    // Another thread may lengthen the value between two calls, hence the loop.
    capacity = length + 1;
  }
}

}  // namespace

int environment_value(const char* name, char* buffer, std::size_t size) {
  wchar_t wide_name[256];
  if (MultiByteToWideChar(CP_UTF8, 0, name, -1, wide_name, 256) == 0) return -1;
  Owned<wchar_t> wide = wide_value(wide_name);
  if (!wide) return -1;
  int full = WideCharToMultiByte(CP_UTF8, 0, wide.get(), -1, nullptr, 0, nullptr, nullptr);
  Owned<char> value(static_cast<char*>(allocate(static_cast<std::size_t>(full))));
  if (full <= 0 || !value) return -1;
  WideCharToMultiByte(CP_UTF8, 0, wide.get(), -1, value.get(), full, nullptr, nullptr);
  std::size_t length = static_cast<std::size_t>(full) - 1;
  if (size > 0) {
    std::size_t copied = length < size ? length : size - 1;
    std::memcpy(buffer, value.get(), copied);
    buffer[copied] = '\0';
  }
  return static_cast<int>(length);
}

}  // namespace violet

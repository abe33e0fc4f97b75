#include "os/dynamic_library.h"

#include <windows.h>

#include <cstdio>

#include "base/allocator.h"
#include "os/windows/wide_text.h"
#include "uv.h"

namespace violet {
namespace {

constexpr DWORD kMessageFlags = FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS;
constexpr DWORD kEnglish = MAKELANGID(LANG_ENGLISH, SUBLANG_ENGLISH_US);

char* message_of(DWORD code) {
  wchar_t message[512];
  DWORD length = FormatMessageW(kMessageFlags, nullptr, code, kEnglish, message, 512, nullptr);
  // The system may have no English texts: then its own language is taken.
  if (length == 0) {
    length = FormatMessageW(kMessageFlags, nullptr, code, 0, message, 512, nullptr);
  }
  while (length > 0 && (message[length - 1] == L'\n' || message[length - 1] == L'\r'))
    --length;
  if (length > 0) return narrow_copy(message, length);
  char number[32];
  std::snprintf(number, sizeof(number), "error %lu", code);
  return duplicate_string(number);
}

// Whether the system finds the file without searching. Only then may the libraries that it needs be
// searched for where it lies.
bool is_full_path(const wchar_t* path) {
  const bool has_drive =
      path[0] != L'\0' && path[1] == L':' && (path[2] == L'\\' || path[2] == L'/');
  return has_drive || (path[0] == L'\\' && path[1] == L'\\');
}

HMODULE program_itself() {
  HMODULE program = nullptr;
  return GetModuleHandleExW(0, nullptr, &program) ? program : nullptr;
}

}  // namespace

void* open_library(const char* path, char** error) {
  HMODULE library = nullptr;
  if (path == nullptr) {
    library = program_itself();
  } else {
    WideText wide;
    if (wide.assign(path) != 0) {
      *error = message_of(ERROR_NO_UNICODE_TRANSLATION);
      return nullptr;
    }
    library = LoadLibraryExW(wide.get(), nullptr,
                             is_full_path(wide.get()) ? LOAD_WITH_ALTERED_SEARCH_PATH : 0);
  }
  if (library == nullptr) *error = message_of(GetLastError());
  return library;
}

void close_library(void* library) {
  FreeLibrary(static_cast<HMODULE>(library));
}

bool find_symbol(void* library, const char* name, void** address, char** error) {
  FARPROC found = GetProcAddress(static_cast<HMODULE>(library), name);
  *address = reinterpret_cast<void*>(found);
  if (found != nullptr) return true;
  *error = message_of(GetLastError());
  return false;
}

}  // namespace violet

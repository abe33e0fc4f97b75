#include "os/windows/file_path.h"

#include <cwchar>

namespace violet {
namespace {

// Directories have to leave room for a short name (8.3) and its separator.
constexpr DWORD kLongestPlain = MAX_PATH - 12;
constexpr wchar_t kDevice[] = L"\\\\.\\";
constexpr wchar_t kVerbatim[] = L"\\\\?\\";
constexpr wchar_t kVerbatimNetwork[] = L"\\\\?\\UNC\\";
constexpr std::size_t kPrefixRoom = sizeof(kVerbatimNetwork) / sizeof(wchar_t);

bool begins_with(const wchar_t* text, const wchar_t* prefix) {
  return std::wcsncmp(text, prefix, std::wcslen(prefix)) == 0;
}

}  // namespace

int FilePath::assign(const char* path) {
  if (int error = text_.assign(path); error != 0) return error;
  is_device_ = begins_with(text_.get(), kDevice);
  if (is_device_ || begins_with(text_.get(), kVerbatim)) return 0;
  // Finds out how long the full path is, and whether it names a device: some names ("NUL") do in
  // every directory.
  wchar_t full[kLongestPlain + 1];
  const DWORD size = GetFullPathNameW(text_.get(), kLongestPlain + 1, full, nullptr);
  if (size == 0) return UV_ENOENT;
  if (size > kLongestPlain) return extend(size);
  is_device_ = begins_with(full, kDevice);
  return 0;
}

int FilePath::extend(std::size_t full_size) {
  WideText full;
  const int error = fill_wide(full, [this](wchar_t* text, DWORD capacity) {
    return GetFullPathNameW(text_.get(), capacity, text, nullptr);
  });
  if (error != 0) return error;
  const wchar_t* rest = full.get();
  const wchar_t* prefix = kVerbatim;
  if (begins_with(rest, L"\\\\")) {
    prefix = kVerbatimNetwork;
    rest += 2;
  }
  if (text_.reserve(full_size + kPrefixRoom) == nullptr) return UV_ENOMEM;
  std::wcscpy(text_.get(), prefix);
  std::wcscat(text_.get(), rest);
  return 0;
}

char* plain_path(const wchar_t* path) {
  if (begins_with(path, kVerbatimNetwork)) {
    // "\\?\UNC\server" is "\\server".
    char* copy = narrow_copy(path + std::wcslen(kVerbatimNetwork) - 2);
    if (copy != nullptr) copy[0] = '\\';
    return copy;
  }
  return narrow_copy(begins_with(path, kVerbatim) ? path + std::wcslen(kVerbatim) : path);
}

}  // namespace violet

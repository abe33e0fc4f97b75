#include "os/environment.h"

#include <windows.h>

#include <cstring>
#include <cwchar>

#include "base/allocator.h"
#include "os/windows/wide_text.h"

namespace violet {
namespace {

int get_value(const char* name, WideText& value) {
  WideText wide_name;
  if (int error = wide_name.assign(name); error != 0) return error;
  value.get()[0] = L'\0';
  return fill_wide(value, [&](wchar_t* text, DWORD capacity) {
    // The only way to tell an empty value from an error.
    SetLastError(ERROR_SUCCESS);
    return GetEnvironmentVariableW(wide_name.get(), text, capacity);
  });
}

int change_value(const char* name, const wchar_t* value) {
  WideText wide_name;
  if (int error = wide_name.assign(name); error != 0) return error;
  return SetEnvironmentVariableW(wide_name.get(), value) ? 0 : last_windows_error();
}

// The block of all variables, "NAME=value" one behind the other, with an empty text at the end.
class EnvironmentBlock {
 public:
  EnvironmentBlock() : block_(GetEnvironmentStringsW()) {}
  ~EnvironmentBlock() {
    if (block_ != nullptr) FreeEnvironmentStringsW(block_);
  }
  EnvironmentBlock(const EnvironmentBlock&) = delete;
  EnvironmentBlock& operator=(const EnvironmentBlock&) = delete;

  bool is_there() const { return block_ != nullptr; }

  // The current directories of drives hide here, too; their names begin with a '='.
  template <typename Visit>
  void for_each_variable(Visit visit) const {
    for (const wchar_t* entry = block_; *entry != L'\0'; entry += std::wcslen(entry) + 1) {
      const wchar_t* separator = std::wcschr(entry, L'=');
      if (separator != nullptr && separator != entry) visit(entry, separator);
    }
  }

 private:
  wchar_t* block_;
};

}  // namespace

int environment_value(const char* name, char* buffer, std::size_t size) {
  WideText value;
  if (get_value(name, value) != 0) return -1;
  const std::size_t length = narrow_size(value.get());
  if (size > 0) write_cut(value.get(), buffer, size);
  return static_cast<int>(length);
}

int get_environment(const char* name, char* buffer, std::size_t* size) {
  WideText value;
  if (int error = get_value(name, value); error != 0) return error;
  return write_wide_text(value.get(), buffer, size);
}

int set_environment(const char* name, const char* value) {
  WideText wide_value;
  if (int error = wide_value.assign(value); error != 0) return error;
  return change_value(name, wide_value.get());
}

int unset_environment(const char* name) {
  const int error = change_value(name, nullptr);
  // As on other systems there is nothing wrong with a variable that is not set.
  return error == UV_ENOENT ? 0 : error;
}

int list_environment(uv_env_item_t** items, int* count) {
  EnvironmentBlock block;
  if (!block.is_there()) return UV_ENOMEM;
  std::size_t entries = 0;
  std::size_t text_size = 0;
  block.for_each_variable([&](const wchar_t* entry, const wchar_t*) {
    ++entries;
    text_size += narrow_size(entry) + 1;
  });
  // One entry more, so that null always means out of memory, also for an empty environment.
  auto* list = static_cast<uv_env_item_t*>(allocate((entries + 1) * sizeof(**items) + text_size));
  if (list == nullptr) return UV_ENOMEM;
  char* text = reinterpret_cast<char*>(list + entries + 1);
  int listed = 0;
  block.for_each_variable([&](const wchar_t* entry, const wchar_t* separator) {
    const std::size_t name_length = static_cast<std::size_t>(separator - entry);
    char* value = write_narrow(entry, name_length, text);
    list[listed++] = {text, value};
    text = write_narrow(separator + 1, value);
  });
  *items = list;
  *count = listed;
  return 0;
}

}  // namespace violet

// The environment of a child.
#include <algorithm>
#include <cstdint>
#include <cwchar>
#include <iterator>

#include "os/windows/command_line.h"
#include "uv.h"

namespace violet {
namespace {

// Without these much of the system does not work, and programs that were not made for Windows
// seldom think of them.
constexpr const wchar_t* kRequired[] = {
    L"HOMEDRIVE", L"HOMEPATH",   L"LOGONSERVER", L"PATH",        L"SYSTEMDRIVE", L"SYSTEMROOT",
    L"TEMP",      L"USERDOMAIN", L"USERNAME",    L"USERPROFILE", L"WINDIR",
};

// Variables one behind the other, each with its terminator, and where each begins.
struct Variables {
  WideArray text;
  Array<std::size_t> starts;

  const wchar_t* at(std::size_t index) const { return text.data() + starts[index]; }
  // Room for `size` units, which become a variable; null when out of memory.
  wchar_t* add(std::size_t size) {
    const std::size_t start = text.size();
    if (!starts.push_back(start)) return nullptr;
    for (std::size_t i = 0; i < size; ++i) {
      if (!text.push_back(L'\0')) return nullptr;
    }
    return text.data() + start;
  }
};

std::size_t name_length(const wchar_t* variable) {
  // A '=' at the beginning belongs to the name ("=C:").
  const wchar_t* end = std::wcschr(variable + (*variable == L'=' ? 1 : 0), L'=');
  return end == nullptr ? std::wcslen(variable) : static_cast<std::size_t>(end - variable);
}

// As the system compares names: without regard to upper and lower case.
int compare_names(const wchar_t* left, std::size_t left_length, const wchar_t* right,
                  std::size_t right_length) {
  return CompareStringOrdinal(left, static_cast<int>(left_length), right,
                              static_cast<int>(right_length), TRUE) -
         CSTR_EQUAL;
}

int add_given(char* const* given, Variables& variables) {
  for (; *given != nullptr; ++given) {
    WideText wide;
    if (int error = wide.assign(*given); error != 0) return error;
    if (*wide.get() == L'\0' || std::wcschr(wide.get(), L'=') == nullptr) continue;
    const std::size_t size = std::wcslen(wide.get()) + 1;
    wchar_t* room = variables.add(size);
    if (room == nullptr) return UV_ENOMEM;
    std::wmemcpy(room, wide.get(), size);
  }
  return 0;
}

bool has(const Variables& variables, const wchar_t* name) {
  for (std::size_t i = 0; i < variables.starts.size(); ++i) {
    const wchar_t* variable = variables.at(i);
    if (compare_names(variable, name_length(variable), name, std::wcslen(name)) == 0) return true;
  }
  return false;
}

int add_required(Variables& variables) {
  for (const wchar_t* name : kRequired) {
    if (has(variables, name)) continue;
    WideText value;
    const int error = fill_wide(value, [name](wchar_t* text, DWORD capacity) {
      return GetEnvironmentVariableW(name, text, capacity);
    });
    if (error != 0) continue;  // This process has none either.
    const std::size_t length = std::wcslen(name);
    const std::size_t size = length + 1 + std::wcslen(value.get()) + 1;
    wchar_t* room = variables.add(size);
    if (room == nullptr) return UV_ENOMEM;
    std::copy_n(name, length, room);
    room[length] = L'=';
    std::wcscpy(room + length + 1, value.get());
  }
  return 0;
}

void sort(Variables& variables) {
  const wchar_t* text = variables.text.data();
  std::size_t* first = variables.starts.data();
  std::sort(first, first + variables.starts.size(), [text](std::size_t left, std::size_t right) {
    return compare_names(text + left, name_length(text + left), text + right,
                         name_length(text + right)) < 0;
  });
}

}  // namespace

int make_environment_block(char* const* given, WideArray& block) {
  Variables variables;
  if (int error = add_given(given, variables); error != 0) return error;
  if (int error = add_required(variables); error != 0) return error;
  sort(variables);
  for (std::size_t i = 0; i < variables.starts.size(); ++i) {
    const wchar_t* variable = variables.at(i);
    if (!block.append(variable, std::wcslen(variable) + 1)) return UV_ENOMEM;
  }
  // The empty text; two of them where there is nothing else.
  if (block.empty() && !block.push_back(L'\0')) return UV_ENOMEM;
  return block.push_back(L'\0') ? 0 : UV_ENOMEM;
}

const wchar_t* value_in_block(const wchar_t* block, const wchar_t* name) {
  for (; *block != L'\0'; block += std::wcslen(block) + 1) {
    const std::size_t length = name_length(block);
    if (compare_names(block, length, name, std::wcslen(name)) == 0) return block + length + 1;
  }
  return nullptr;
}

}  // namespace violet

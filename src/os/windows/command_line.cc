#include "os/windows/command_line.h"

#include <cwchar>

#include "uv.h"

namespace violet {
namespace {

bool append(WideArray& line, const wchar_t* text) {
  return line.append(text, std::wcslen(text));
}

bool append_backslashes(WideArray& line, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    if (!line.push_back(L'\\')) return false;
  }
  return true;
}

bool needs_quotes(const wchar_t* argument) {
  return *argument == L'\0' || std::wcspbrk(argument, L" \t\n\v\"") != nullptr;
}

// Backslashes mean themselves except before a quotation mark, where each has to be doubled; the
// closing mark is one.
bool append_quoted(WideArray& line, const wchar_t* argument) {
  if (!line.push_back(L'"')) return false;
  for (const wchar_t* letter = argument;; ++letter) {
    std::size_t backslashes = 0;
    for (; *letter == L'\\'; ++letter)
      ++backslashes;
    const bool before_mark = *letter == L'\0' || *letter == L'"';
    if (!append_backslashes(line, before_mark ? 2 * backslashes : backslashes)) return false;
    if (*letter == L'\0') return line.push_back(L'"');
    if (*letter == L'"' && !line.push_back(L'\\')) return false;
    if (!line.push_back(*letter)) return false;
  }
}

}  // namespace

int make_command_line(char* const* arguments, bool verbatim, WideArray& line) {
  for (char* const* argument = arguments; *argument != nullptr; ++argument) {
    WideText wide;
    if (int error = wide.assign(*argument); error != 0) return error;
    if (argument != arguments && !line.push_back(L' ')) return UV_ENOMEM;
    const bool quoted = !verbatim && needs_quotes(wide.get());
    if (!(quoted ? append_quoted(line, wide.get()) : append(line, wide.get()))) return UV_ENOMEM;
  }
  return line.push_back(L'\0') ? 0 : UV_ENOMEM;
}

}  // namespace violet

#include "os/windows/program_search.h"

#include <cwchar>

#include "uv.h"

namespace violet {
namespace {

constexpr const wchar_t* kEndings[] = {L".com", L".exe"};

bool is_separator(wchar_t letter) {
  return letter == L'\\' || letter == L'/';
}

bool is_file(const wchar_t* path) {
  const DWORD attributes = GetFileAttributesW(path);
  return attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY) == 0;
}

// Behind the last separator or drive.
const wchar_t* base_name(const wchar_t* file) {
  const wchar_t* base = file;
  for (; *file != L'\0'; ++file) {
    if (is_separator(*file) || *file == L':') base = file + 1;
  }
  return base;
}

bool has_ending(const wchar_t* file) {
  const wchar_t* dot = std::wcsrchr(base_name(file), L'.');
  return dot != nullptr && dot[1] != L'\0';
}

bool is_full(const wchar_t* path) {
  return (path[0] != L'\0' && path[1] == L':' && is_separator(path[2])) ||
         (is_separator(path[0]) && is_separator(path[1]));
}

// A piece of a text.
struct Piece {
  const wchar_t* text;
  std::size_t length;
};

// Writes directory, separator, name and ending.
int join(Piece directory, const wchar_t* name, const wchar_t* ending, WideText& path) {
  const std::size_t size = directory.length + std::wcslen(name) + std::wcslen(ending) + 2;
  wchar_t* text = path.reserve(size);
  if (text == nullptr) return UV_ENOMEM;
  std::wmemcpy(text, directory.text, directory.length);
  std::size_t length = directory.length;
  const bool is_joined = length == 0 || is_separator(text[length - 1]) || is_separator(*name);
  if (!is_joined) text[length++] = L'\\';
  std::wcscpy(text + length, name);
  std::wcscat(text, ending);
  return 0;
}

// The name in one directory, as it is where `as_it_is`, else with each ending of programs.
int find_in(Piece directory, const wchar_t* name, bool as_it_is, WideText& found) {
  if (as_it_is) {
    if (int error = join(directory, name, L"", found); error != 0) return error;
    if (is_file(found.get())) return 0;
  }
  for (const wchar_t* ending : kEndings) {
    if (int error = join(directory, name, ending, found); error != 0) return error;
    if (is_file(found.get())) return 0;
  }
  return UV_ENOENT;
}

// The next entry of a PATH, without its quotation marks; empty ones stand for nothing.
Piece next_entry(const wchar_t*& path) {
  while (*path == L';')
    ++path;
  Piece entry = {path, 0};
  bool quoted = *path == L'"';
  if (quoted) entry.text = ++path;
  while (*path != L'\0' && (quoted ? *path != L'"' : *path != L';'))
    ++path;
  entry.length = static_cast<std::size_t>(path - entry.text);
  if (quoted && *path == L'"') ++path;
  return entry;
}

int find_in_path(const ProgramSearch& search, bool as_it_is, WideText& found) {
  const wchar_t* rest = search.path;
  while (rest != nullptr && *rest != L'\0') {
    const Piece entry = next_entry(rest);
    if (entry.length == 0) continue;
    const int error = find_in(entry, search.file, as_it_is, found);
    if (error != UV_ENOENT) return error;
  }
  return UV_ENOENT;
}

}  // namespace

int find_program(const ProgramSearch& search, WideText& found) {
  const wchar_t* base = base_name(search.file);
  if (*base == L'\0') return UV_ENOENT;
  const Piece start = {search.directory, std::wcslen(search.directory)};
  if (base != search.file) {
    // A path: from where the child begins, if it is not a full one.
    Piece from = start;
    if (is_full(search.file)) from.length = 0;
    // The root of the drive, "C:".
    if (from.length > 2 && is_separator(search.file[0])) from.length = 2;
    return find_in(from, search.file, search.exact || has_ending(search.file), found);
  }
  // As the system does: in the current directory first, unless the user has forbidden that
  // (NoDefaultCurrentDirectoryInExePath).
  const bool as_it_is = has_ending(search.file);
  int error = UV_ENOENT;
  if (NeedCurrentDirectoryForExePathW(L"")) error = find_in(start, search.file, as_it_is, found);
  return error != UV_ENOENT ? error : find_in_path(search, as_it_is, found);
}

}  // namespace violet

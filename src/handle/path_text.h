// Paths as text, with '/' between their parts.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>

#include "base/allocator.h"

namespace violet {

// The last part of a path; the whole of it if it has no other.
inline const char* last_part(const char* path) {
  const char* slash = std::strrchr(path, '/');
  return slash == nullptr ? path : slash + 1;
}

// Whether `path` is `folder` or lies in it, both relative to the same place.
inline bool is_within(const char* path, const char* folder) {
  std::size_t length = std::strlen(folder);
  return std::strncmp(path, folder, length) == 0 && (path[length] == '\0' || path[length] == '/');
}

// "folder/name", or only one of them when the other is empty. Null when out of memory.
inline Owned<char> join_path(const char* folder, const char* name) {
  std::size_t folder_length = std::strlen(folder);
  std::size_t name_size = std::strlen(name) + 1;
  bool needs_slash = folder_length > 0 && folder[folder_length - 1] != '/' && name[0] != '\0';
  Owned<char> joined(static_cast<char*>(allocate(folder_length + 1 + name_size)));
  if (!joined) return joined;
  char* end = joined.get();
  end = std::copy_n(folder, folder_length, end);
  if (needs_slash) *end++ = '/';
  std::copy_n(name, name_size, end);
  return joined;
}

}  // namespace violet

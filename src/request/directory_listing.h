// Entries read from a directory, with their names in one piece of memory.
#pragma once

#include <uv.h>

#include "base/array.h"
#include "os/directory.h"

namespace violet {

struct DirectoryListing {
  struct Entry {
    std::size_t name;  // where in `text`; a pointer would not survive its growth
    uv_dirent_type_t type;
  };

  Array<Entry> entries;
  Array<char> text;
  std::size_t next = 0;  // for uv_fs_scandir_next()

  const char* name_of(const Entry& entry) const { return text.data() + entry.name; }
  uv_dirent_t at(std::size_t index) const;
  // False when out of memory.
  bool add(const uv_dirent_t& entry);
  // Reads up to `limit` entries. 0, also at the end; or a negative UV_E*.
  int read(DirectoryStream* stream, std::size_t limit);
  // By name, byte by byte.
  void sort();
};

}  // namespace violet

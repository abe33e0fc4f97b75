#include "v8/library.h"

#include <algorithm>

namespace violet::js {

const LibraryFile* find_library_file(std::string_view name) {
  const LibraryFile* end = kLibrary + kLibrarySize;
  const LibraryFile* found = std::lower_bound(
      kLibrary, end, name,
      [](const LibraryFile& file, std::string_view wanted) { return file.name < wanted; });
  return found != end && found->name == name ? found : nullptr;
}

}  // namespace violet::js

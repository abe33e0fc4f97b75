// The JavaScript part: the files of lib/ and the npm packages they need, put into the program when
// it is built (tools/bundle_javascript.py).
#pragma once

#include <string_view>

namespace violet::js {

struct LibraryFile {
  const char* name;  // "fs", or "node_modules/buffer/index.js"
  std::string_view source;
};

extern const LibraryFile kLibrary[];
extern const unsigned kLibrarySize;

// Null when there is no such file.
const LibraryFile* find_library_file(std::string_view name);

}  // namespace violet::js

// Reading directories.
#pragma once

#include <uv.h>

namespace violet {

// The system's open directory; null means none.
struct DirectoryStream;

// Null and an error when it cannot be opened.
DirectoryStream* open_directory(const char* path, int& error);
int close_directory(DirectoryStream* stream);
// The next entry but "." and "..", or UV_EOF. The name is valid until the next call.
int read_directory(DirectoryStream* stream, uv_dirent_t& entry);

// Whether programs expect a scan in the system's own order, rather than in that of the bytes.
bool directories_have_an_order();

}  // namespace violet

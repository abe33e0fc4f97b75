#include "os/directory.h"

#include <dirent.h>

#include <cerrno>

#include "base/error.h"

namespace violet {
namespace {

DIR* system_stream(DirectoryStream* stream) {
  return reinterpret_cast<DIR*>(stream);
}

uv_dirent_type_t type_of(unsigned char type) {
  switch (type) {
    case DT_REG:
      return UV_DIRENT_FILE;
    case DT_DIR:
      return UV_DIRENT_DIR;
    case DT_LNK:
      return UV_DIRENT_LINK;
    case DT_FIFO:
      return UV_DIRENT_FIFO;
    case DT_SOCK:
      return UV_DIRENT_SOCKET;
    case DT_CHR:
      return UV_DIRENT_CHAR;
    case DT_BLK:
      return UV_DIRENT_BLOCK;
    default:
      return UV_DIRENT_UNKNOWN;
  }
}

bool is_self_or_parent(const char* name) {
  return name[0] == '.' && (name[1] == '\0' || (name[1] == '.' && name[2] == '\0'));
}

}  // namespace

DirectoryStream* open_directory(const char* path, int& error) {
  DIR* stream = opendir(path);
  error = stream == nullptr ? last_error() : 0;
  return reinterpret_cast<DirectoryStream*>(stream);
}

int close_directory(DirectoryStream* stream) {
  return closedir(system_stream(stream)) == 0 || errno == EINTR ? 0 : last_error();
}

int read_directory(DirectoryStream* stream, uv_dirent_t& entry) {
  for (;;) {
    // Its only way to tell the end from an error.
    errno = 0;
    const dirent* found = readdir(system_stream(stream));
    if (found == nullptr) return errno == 0 ? UV_EOF : last_error();
    if (is_self_or_parent(found->d_name)) continue;
    entry = {found->d_name, type_of(found->d_type)};
    return 0;
  }
}

bool directories_have_an_order() {
  return false;
}

}  // namespace violet

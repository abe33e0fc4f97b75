#include "request/directory_listing.h"

#include <algorithm>
#include <cstring>

namespace violet {

uv_dirent_t DirectoryListing::at(std::size_t index) const {
  const Entry& entry = entries[index];
  return {name_of(entry), entry.type};
}

bool DirectoryListing::add(const uv_dirent_t& entry) {
  std::size_t begin = text.size();
  if (!entries.push_back({begin, entry.type})) return false;
  std::size_t size = std::strlen(entry.name) + 1;
  return text.append(entry.name, size);
}

int DirectoryListing::read(DirectoryStream* stream, std::size_t limit) {
  while (entries.size() < limit) {
    uv_dirent_t entry;
    int error = read_directory(stream, entry);
    if (error == UV_EOF) return 0;
    if (error != 0) return error;
    if (!add(entry)) return UV_ENOMEM;
  }
  return 0;
}

void DirectoryListing::sort() {
  std::sort(
      entries.data(), entries.data() + entries.size(),
      [this](const Entry& a, const Entry& b) { return std::strcmp(name_of(a), name_of(b)) < 0; });
}

}  // namespace violet

#include "os/directory.h"

#include "os/windows/open_file.h"

namespace violet {
namespace {

constexpr std::size_t kBatchSize = std::size_t{32} * 1024;

bool is_self_or_parent(const wchar_t* name, std::size_t length) {
  return (length == 1 && name[0] == L'.') || (length == 2 && name[0] == L'.' && name[1] == L'.');
}

uv_dirent_type_t type_of(const FILE_FULL_DIR_INFO& entry) {
  const DWORD attributes = entry.FileAttributes;
  // For a reparse point the member for the size of extended attributes holds its tag.
  if ((attributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0 && is_link_tag(entry.EaSize)) {
    return UV_DIRENT_LINK;
  }
  if ((attributes & FILE_ATTRIBUTE_DIRECTORY) != 0) return UV_DIRENT_DIR;
  return (attributes & FILE_ATTRIBUTE_DEVICE) != 0 ? UV_DIRENT_CHAR : UV_DIRENT_FILE;
}

}  // namespace

struct DirectoryStream {
  explicit DirectoryStream(OwnedHandle&& opened) : directory(static_cast<OwnedHandle&&>(opened)) {}

  const FILE_FULL_DIR_INFO* current() const {
    return reinterpret_cast<const FILE_FULL_DIR_INFO*>(batch + position);
  }
  // 0, or UV_EOF.
  int fetch() {
    if (!GetFileInformationByHandleEx(directory.get(), FileFullDirectoryInfo, batch, kBatchSize)) {
      // In the root of an empty drive not even "." is found, which is reported as if the file did
      // not exist.
      const DWORD code = GetLastError();
      const bool is_end = code == ERROR_NO_MORE_FILES || code == ERROR_FILE_NOT_FOUND;
      return is_end ? UV_EOF : error_from_windows(code);
    }
    position = 0;
    has_batch = true;
    return 0;
  }

  OwnedHandle directory;
  bool has_batch = false;
  std::size_t position = 0;
  Owned<char> name;
  alignas(8) char batch[kBatchSize];
};

DirectoryStream* open_directory(const char* path, int& error) {
  OwnedHandle directory;
  error = open_existing(path, FILE_LIST_DIRECTORY | SYNCHRONIZE, Link::kFollow, directory);
  if (error != 0) return nullptr;
  FILE_BASIC_INFO basics;
  if (!query(directory.get(), FileBasicInfo, basics)) {
    error = last_windows_error();
    return nullptr;
  }
  if ((basics.FileAttributes & FILE_ATTRIBUTE_DIRECTORY) == 0) {
    error = UV_ENOTDIR;
    return nullptr;
  }
  auto* stream = create<DirectoryStream>(static_cast<OwnedHandle&&>(directory));
  error = stream == nullptr ? UV_ENOMEM : 0;
  return stream;
}

int close_directory(DirectoryStream* stream) {
  destroy(stream);
  return 0;
}

int read_directory(DirectoryStream* stream, uv_dirent_t& entry) {
  for (;;) {
    if (!stream->has_batch) {
      if (int error = stream->fetch(); error != 0) return error;
    }
    const FILE_FULL_DIR_INFO& found = *stream->current();
    const std::size_t length = found.FileNameLength / sizeof(wchar_t);
    stream->has_batch = found.NextEntryOffset != 0;
    stream->position += found.NextEntryOffset;
    if (is_self_or_parent(found.FileName, length)) continue;
    stream->name = Owned<char>(narrow_copy(found.FileName, length));
    if (!stream->name) return UV_ENOMEM;
    entry = {stream->name.get(), type_of(found)};
    return 0;
  }
}

// File systems keep their entries sorted, without regard to upper and lower case.
bool directories_have_an_order() {
  return true;
}

}  // namespace violet

#include "os/bsd/folder_listing.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/error.h"

namespace violet {
namespace {

// A stream of its own: whoever else reads the folder has another position. A folder that may be
// read but not searched has no "." to open, and one that was opened for its events alone has
// nothing else.
DIR* open_stream(Descriptor folder) {
  int number = openat(folder.native(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (number < 0) number = fcntl(folder.native(), F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  if (number < 0) return nullptr;
  DIR* stream = fdopendir(number);
  if (stream == nullptr) {
    const int error = errno;
    close(number);
    errno = error;
    return nullptr;
  }
  rewinddir(stream);
  return stream;
}

bool is_self_or_parent(const char* name) {
  return name[0] == '.' && (name[1] == '\0' || (name[1] == '.' && name[2] == '\0'));
}

bool is_folder(Descriptor parent, const dirent& entry) {
  if (entry.d_type != DT_UNKNOWN) return entry.d_type == DT_DIR;
  struct stat status;
  return fstatat(parent.native(), entry.d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
         S_ISDIR(status.st_mode);
}

}  // namespace

int FolderListing::read(Descriptor folder) {
  names_.clear();
  entries_.clear();
  if (int error = read_entries(folder); error != 0) return error;
  std::sort(entries_.data(), entries_.data() + entries_.size(),
            [this](const Entry& left, const Entry& right) {
              return std::strcmp(name_of(left), name_of(right)) < 0;
            });
  return 0;
}

int FolderListing::read_entries(Descriptor folder) {
  DIR* stream = open_stream(folder);
  if (stream == nullptr) return last_error();
  int error = 0;
  while (error == 0) {
    errno = 0;
    const dirent* entry = readdir(stream);
    if (entry == nullptr) {
      error = last_error();
      break;
    }
    if (is_self_or_parent(entry->d_name)) continue;
    error = add(entry->d_name, entry->d_ino, is_folder(folder, *entry));
  }
  closedir(stream);
  return error;
}

int FolderListing::add(const char* name, std::uint64_t inode, bool is_folder) {
  const Entry entry = {inode, names_.size(), is_folder};
  const bool has_room = names_.append(name, std::strlen(name) + 1) && entries_.push_back(entry);
  return has_room ? 0 : UV_ENOMEM;
}

const FolderListing::Entry* FolderListing::find(const char* name) const {
  const Entry* end = entries_.data() + entries_.size();
  const Entry* found = std::lower_bound(
      entries_.data(), end, name,
      [this](const Entry& entry, const char* key) { return std::strcmp(name_of(entry), key) < 0; });
  return found != end && std::strcmp(name_of(*found), name) == 0 ? found : nullptr;
}

void FolderListing::tell_gone(const FolderListing& after, WatchId watch,
                              NoticeList& notices) const {
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const Entry& entry = entries_[i];
    const Entry* now = after.find(name_of(entry));
    if (now != nullptr && now->inode == entry.inode) continue;
    // A file that another has replaced is told once, as what is there now.
    if (now != nullptr && !entry.is_folder) continue;
    const FileChanges of_folder = entry.is_folder ? kFolderMovedAway : 0;
    notices.add(watch, kNameChanged | of_folder, name_of(entry));
  }
}

void FolderListing::tell_new(const FolderListing& before, WatchId watch,
                             NoticeList& notices) const {
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const Entry& entry = entries_[i];
    const Entry* then = before.find(name_of(entry));
    if (then != nullptr && then->inode == entry.inode) continue;
    const FileChanges of_folder = entry.is_folder ? kFolderAppeared : 0;
    notices.add(watch, kNameChanged | of_folder, name_of(entry));
  }
}

void FolderListing::tell_differences(const FolderListing& before, const FolderListing& after,
                                     WatchId watch, NoticeList& notices) {
  before.tell_gone(after, watch, notices);
  after.tell_new(before, watch, notices);
}

}  // namespace violet

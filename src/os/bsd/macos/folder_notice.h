// What an event of macOS's File System Events service means to who watches a folder.
#pragma once

#include <cstring>

#include "os/bsd/macos/fs_events_api.h"
#include "os/bsd/notice_list.h"

namespace violet {

// The path below the folder; null for what is neither the folder nor below it. Both are as the
// system has them, without links.
inline const char* path_below(const char* folder, const char* path) {
  std::size_t size = std::strlen(folder);
  // The root of all is a slash already.
  if (size == 1) size = 0;
  if (std::strncmp(path, folder, size) != 0) return nullptr;
  if (path[size] == '\0') return path + size;
  return path[size] == '/' ? path + size + 1 : nullptr;
}

// `is_tree`: what happens deeper than in the folder itself counts, too.
inline void tell_folder_event(WatchId watch, const char* folder, bool is_tree, const char* path,
                              std::uint32_t flags, NoticeList& notices) {
  constexpr std::uint32_t kLost = kMustScanSubfolders | kUserDropped | kKernelDropped;
  constexpr std::uint32_t kName = kItemCreated | kItemRemoved | kItemRenamed | kRootChanged;
  constexpr std::uint32_t kContent = kItemModified | kItemMetadataChanged | kItemFinderInfoChanged |
                                     kItemOwnerChanged | kItemAttributeChanged;
  if ((flags & kLost) != 0) return notices.add(watch, kNoticesLost, nullptr);
  const char* name = path_below(folder, path);
  if (name == nullptr) return;
  if (!is_tree && std::strchr(name, '/') != nullptr) return;
  if (name[0] == '\0') name = nullptr;
  // The service melts together what happens within a moment. A file appears before it is written.
  if ((flags & kName) != 0) notices.add(watch, kNameChanged, name);
  if ((flags & kContent) != 0) notices.add(watch, kContentChanged, name);
}

}  // namespace violet

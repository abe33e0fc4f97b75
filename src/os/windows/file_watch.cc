// Watching files on Windows. Folders are what the system watches, with all that lies below if asked
// to, each by a handle of its own. A file is watched through the folder that it lies in, by its
// name.
#include "os/file_watch.h"

#include <climits>
#include <cwchar>

#include "base/allocator.h"
#include "os/windows/folder_report.h"
#include "os/windows/open_file.h"

namespace violet {
namespace {

// What is watched, as the folder above it names it.
struct Watched {
  WideText path;
  const wchar_t* name;
  std::size_t folder_length;  // of the path, with its last separator
  bool is_folder;
};

struct Watch {
  WatchId id;
  HANDLE folder;
  wchar_t* name;        // of what is watched, for release()
  wchar_t* short_name;  // the system may use either; null where there is no other
  bool is_file;
};

// Without separators at its end, but for a drive's root.
int find_full_path(const char* given, WideText& path) {
  constexpr std::size_t kRootLength = 3;
  FilePath wide;
  if (int error = wide.assign(given); error != 0) return error;
  const int error = fill_wide(path, [&wide](wchar_t* text, DWORD capacity) {
    return GetFullPathNameW(wide.get(), capacity, text, nullptr);
  });
  if (error != 0) return error;
  std::size_t length = std::wcslen(path.get());
  while (length > kRootLength && path.get()[length - 1] == L'\\')
    path.get()[--length] = L'\0';
  return 0;
}

// The path of an open file without links in it. Not every file system can tell that; then it is the
// one that was given, and of a link that leads to a file only the link is watched.
int find_path(HANDLE file, const char* given, WideText& path) {
  const int error = fill_wide(path, [file](wchar_t* text, DWORD capacity) {
    return GetFinalPathNameByHandleW(file, text, capacity, FILE_NAME_NORMALIZED);
  });
  return error == 0 || error == UV_ENOMEM ? error : find_full_path(given, path);
}

int look_at(const char* path, Watched& watched) {
  OwnedHandle file;
  if (int error = open_existing(path, FILE_READ_ATTRIBUTES, Link::kFollow, file); error != 0) {
    return error;
  }
  FILE_STANDARD_INFO information;
  if (!query(file.get(), FileStandardInfo, information)) return last_windows_error();
  watched.is_folder = information.Directory != 0;
  if (int error = find_path(file.get(), path, watched.path); error != 0) return error;
  const wchar_t* separator = std::wcsrchr(watched.path.get(), L'\\');
  watched.name = separator == nullptr ? watched.path.get() : separator + 1;
  watched.folder_length = static_cast<std::size_t>(watched.name - watched.path.get());
  return 0;
}

wchar_t* copy_of(const wchar_t* text) {
  const std::size_t size = (std::wcslen(text) + 1) * sizeof(wchar_t);
  auto* copy = static_cast<wchar_t*>(allocate(size));
  if (copy != nullptr) std::memcpy(copy, text, size);
  return copy;
}

// Null where there is none; false without memory.
bool find_short_name(const Watched& watched, wchar_t*& name) {
  name = nullptr;
  WideText path;
  const int error = fill_wide(path, [&watched](wchar_t* text, DWORD capacity) {
    return GetShortPathNameW(watched.path.get(), text, capacity);
  });
  if (error != 0) return error != UV_ENOMEM;
  const wchar_t* separator = std::wcsrchr(path.get(), L'\\');
  if (separator == nullptr || std::wcscmp(separator + 1, watched.name) == 0) return true;
  name = copy_of(separator + 1);
  return name != nullptr;
}

int open_folder(const wchar_t* path, OwnedHandle& folder) {
  constexpr DWORD kShareAll = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
  constexpr DWORD kFlags = FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OVERLAPPED;
  folder = OwnedHandle(
      CreateFileW(path, FILE_LIST_DIRECTORY, kShareAll, nullptr, OPEN_EXISTING, kFlags, nullptr));
  return folder.is_open() ? 0 : last_windows_error();
}

int open_folder_of(const Watched& watched, OwnedHandle& folder) {
  if (watched.is_folder) return open_folder(watched.path.get(), folder);
  WideText path;
  if (path.reserve(watched.folder_length + 1) == nullptr) return UV_ENOMEM;
  std::wmemcpy(path.get(), watched.path.get(), watched.folder_length);
  path.get()[watched.folder_length] = L'\0';
  return open_folder(path.get(), folder);
}

void release_watch(const Watch& watch) {
  CloseHandle(watch.folder);
  release(watch.name);
  release(watch.short_name);
}

bool is_name(const wchar_t* name, const FILE_NOTIFY_INFORMATION& entry) {
  const int length = static_cast<int>(entry.FileNameLength / sizeof(wchar_t));
  return name != nullptr &&
         CompareStringOrdinal(name, -1, entry.FileName, length, TRUE) == CSTR_EQUAL;
}

// The system has no such action: what is of no interest.
constexpr DWORD kNoAction = 0;

FileChanges changes_of(DWORD action) {
  switch (action) {
    case kNoAction:
      return 0;
    case FILE_ACTION_MODIFIED:
      return kContentChanged;
    default:
      return kNameChanged;
  }
}

FILE_NOTIFY_INFORMATION* entry_at(char* bytes) {
  return reinterpret_cast<FILE_NOTIFY_INFORMATION*>(bytes);
}

// Of the folder of a watched file only that file is of interest.
void leave_out_others(const Watch& watch, char* bytes) {
  for (;;) {
    FILE_NOTIFY_INFORMATION& entry = *entry_at(bytes);
    if (!is_name(watch.name, entry) && !is_name(watch.short_name, entry)) entry.Action = kNoAction;
    if (entry.NextEntryOffset == 0) return;
    bytes += entry.NextEntryOffset;
  }
}

// The name as UTF-8, in memory that the batch has. Null without memory.
const char* narrow_name(Array<char>& room, const wchar_t* name, std::size_t length) {
  if (!room.reserve(narrow_size(name, length) + 1)) return nullptr;
  write_narrow(name, length, room.data());
  return room.data();
}

}  // namespace

struct FileWatcher {
  Array<Watch> watches;
  // Counted up, so that no notice under way finds another watch.
  WatchId next_id = 0;

  // Null when there is none.
  Watch* find(WatchId id) {
    for (std::size_t i = 0; i < watches.size(); ++i) {
      if (watches[i].id == id) return &watches[i];
    }
    return nullptr;
  }
};

int open_file_watcher(FileWatcher*& watcher) {
  watcher = create<FileWatcher>();
  return watcher == nullptr ? UV_ENOMEM : 0;
}

void close_file_watcher(FileWatcher* watcher) {
  if (watcher == nullptr) return;
  for (std::size_t i = 0; i < watcher->watches.size(); ++i)
    release_watch(watcher->watches[i]);
  destroy(watcher);
}

Descriptor watcher_descriptor(const FileWatcher&) {
  return kNoDescriptor;
}

bool watches_trees() {
  return true;
}

int add_file_watch(FileWatcher& watcher, const char* path, WatchKind, AddedWatch& added) {
  if (watcher.next_id == INT_MAX) return UV_ENOSPC;
  Watched watched;
  if (int error = look_at(path, watched); error != 0) return error;
  OwnedHandle folder;
  if (int error = open_folder_of(watched, folder); error != 0) return error;
  Owned<wchar_t> name(copy_of(watched.name));
  wchar_t* other = nullptr;
  if (!name || !find_short_name(watched, other)) return UV_ENOMEM;
  Owned<wchar_t> short_name(other);
  if (!watcher.watches.reserve_one_more()) return UV_ENOMEM;
  added.id = watcher.next_id++;
  added.descriptor = Descriptor::of(reinterpret_cast<Descriptor::Native>(folder.get()));
  watcher.watches.push_back(
      {added.id, folder.take(), name.take(), short_name.take(), !watched.is_folder});
  return 0;
}

// The engine has asked for all that happens from now on.
int begin_file_watch(FileWatcher&, WatchId) {
  return 0;
}

void remove_file_watch(FileWatcher& watcher, WatchId id) {
  Watch* watch = watcher.find(id);
  if (watch == nullptr) return;
  release_watch(*watch);
  *watch = watcher.watches.back();
  watcher.watches.pop_back();
}

// As libuv tells it here (seen on 1.40.0).
FileChanges changes_after_loss() {
  return kContentChanged;
}

bool FileNoticeBatch::get(FileWatcher& watcher, WatchId id, std::size_t received) {
  const Watch* watch = watcher.find(id);
  if (received < sizeof(FolderReport) || watch == nullptr) return false;
  auto& report = *reinterpret_cast<FolderReport*>(bytes_);
  report.watch = id;
  size_ = received;
  position_ = 0;
  if (report.outcome == FolderOutcome::kChanges && watch->is_file) {
    leave_out_others(*watch, bytes_ + sizeof(FolderReport));
  }
  // The watch is not there any more when this is told.
  if (report.outcome == FolderOutcome::kEnded) {
    narrow_name(found_, watch->name, std::wcslen(watch->name));
  }
  return true;
}

bool FileNoticeBatch::next(FileNotice& notice) {
  const auto& report = *reinterpret_cast<const FolderReport*>(bytes_);
  const bool is_first = position_ == 0;
  if (is_first) position_ = sizeof(FolderReport);
  if (report.outcome != FolderOutcome::kChanges) {
    const bool is_end = report.outcome == FolderOutcome::kEnded;
    notice.watch = report.watch;
    notice.changes = is_end ? kWatchEnded | kNameChanged : kNoticesLost;
    notice.name = is_end ? found_.data() : nullptr;
    return is_first;
  }
  while (position_ < size_) {
    const FILE_NOTIFY_INFORMATION& entry = *entry_at(bytes_ + position_);
    position_ = entry.NextEntryOffset == 0 ? size_ : position_ + entry.NextEntryOffset;
    if (entry.Action == kNoAction) continue;
    const std::size_t length = entry.FileNameLength / sizeof(wchar_t);
    notice = {report.watch, changes_of(entry.Action), narrow_name(found_, entry.FileName, length)};
    if (notice.name == nullptr) notice.changes = kNoticesLost;
    return true;
  }
  return false;
}

}  // namespace violet

// What the engine hands over of a watched folder, for os/file_watch.h.
#pragma once

#include <windows.h>

#include <cstddef>
#include <cstdint>

#include "os/file_watch.h"

namespace violet {

enum class FolderOutcome : std::uint8_t {
  kChanges,  // the system's entries (FILE_NOTIFY_INFORMATION) follow
  kLost,     // there were more of them than it could keep
  kEnded,    // nothing will be told any more: the folder is gone
};

struct FolderReport {
  WatchId watch;  // the reader's
  FolderOutcome outcome;
};

// The system wants its entries aligned.
static_assert(sizeof(FolderReport) % alignof(FILE_NOTIFY_INFORMATION) == 0);

// As many bytes of entries as the reader has room for behind the head.
inline constexpr std::size_t kFolderEntriesSize =
    FileNoticeBatch::room_size() - sizeof(FolderReport);

}  // namespace violet

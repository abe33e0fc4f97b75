// Watched folders: the system writes what changes into a buffer of ours.
#pragma once

#include <cstddef>
#include <cstdint>

#include "iocp/operation.h"
#include "os/windows/folder_report.h"

namespace violet {

struct ChannelRecord;

// One folder's. What happens while its changes wait to be taken is kept by the system, in a buffer
// as large as ours.
struct FolderWatch {
  Operation operation;
  ChannelRecord* record;
  bool is_posted;
  bool has_news;  // `outcome`, with `size` bytes of `entries`
  FolderOutcome outcome;
  std::uint32_t size;
  alignas(FILE_NOTIFY_INFORMATION) char entries[kFolderEntriesSize];
};

// Asks for all that happens from now on. 0 when the kernel has that, else a negative UV_E*.
int post_folder_watch(FolderWatch& watch);
// Its packet has come.
void complete_folder_watch(FolderWatch& watch, std::uint32_t size);
// As the engine's: a FolderReport with its entries. Room for less than all of them is none.
std::int64_t take_folder_report(FolderWatch& watch, void* buffer, std::size_t size);
// To be called when the channel is forgotten. Does nothing if it is no folder.
void cancel_folder(const ChannelRecord& record);

}  // namespace violet

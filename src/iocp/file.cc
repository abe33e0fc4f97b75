#include "iocp/file.h"

#include <cstring>

#include "iocp/channel_record.h"
#include "os/windows/windows_error.h"

namespace violet {
namespace {

constexpr DWORD kWanted = FILE_NOTIFY_CHANGE_FILE_NAME | FILE_NOTIFY_CHANGE_DIR_NAME |
                          FILE_NOTIFY_CHANGE_ATTRIBUTES | FILE_NOTIFY_CHANGE_SIZE |
                          FILE_NOTIFY_CHANGE_LAST_WRITE | FILE_NOTIFY_CHANGE_CREATION |
                          FILE_NOTIFY_CHANGE_SECURITY;

void end_folder_watch(FolderWatch& watch) {
  watch.outcome = FolderOutcome::kEnded;
  watch.size = 0;
  watch.has_news = true;
}

}  // namespace

int post_folder_watch(FolderWatch& watch) {
  const ChannelRecord& record = *watch.record;
  watch.operation.prepare(OperationKind::kFolder);
  const BOOL is_tree = record.channel->nature == Nature::kTree;
  // Its packet always comes later.
  if (!ReadDirectoryChangesW(reinterpret_cast<HANDLE>(record.socket), watch.entries,
                             sizeof(watch.entries), is_tree, kWanted, nullptr,
                             &watch.operation.overlapped, nullptr)) {
    return last_windows_error();
  }
  watch.is_posted = true;
  return 0;
}

// No bytes, and yet no error: there were more changes than the system's buffer could hold.
void complete_folder_watch(FolderWatch& watch, std::uint32_t size) {
  watch.is_posted = false;
  if (watch.operation.status() < 0) return end_folder_watch(watch);
  watch.outcome = size == 0 ? FolderOutcome::kLost : FolderOutcome::kChanges;
  watch.size = size;
  watch.has_news = true;
}

std::int64_t take_folder_report(FolderWatch& watch, void* buffer, std::size_t size) {
  const std::size_t needed = sizeof(FolderReport) + watch.size;
  if (!watch.has_news || size < needed) return UV_EAGAIN;
  FolderReport report = {};
  report.outcome = watch.outcome;
  auto* bytes = static_cast<char*>(buffer);
  std::memcpy(bytes, &report, sizeof(report));
  std::memcpy(bytes + sizeof(report), watch.entries, watch.size);
  watch.has_news = false;
  if (report.outcome != FolderOutcome::kEnded && post_folder_watch(watch) != 0) {
    end_folder_watch(watch);
  }
  return static_cast<std::int64_t>(needed);
}

}  // namespace violet

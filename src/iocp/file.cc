// Watched folders: the system's requests, and how the engine's interest in one is served.
#include "iocp/file.h"

#include <cstring>

#include "base/allocator.h"
#include "iocp/interest.h"
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
  // The result always comes with a packet, even if it is there at once.
  if (!ReadDirectoryChangesW(record.handle(), watch.entries, sizeof(watch.entries), is_tree,
                             kWanted, nullptr, &watch.operation.overlapped, nullptr)) {
    return last_windows_error();
  }
  watch.is_posted = true;
  return 0;
}

// Success without any bytes means that there were more changes than the system's buffer could hold.
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

void cancel_folder(const ChannelRecord& record) {
  if (record.folder == nullptr || !record.folder->is_posted) return;
  CancelIoEx(record.handle(), &record.folder->operation.overlapped);
}

// Started at once rather than with the next wait, because changes from now on have to be reported,
// and because a file system may refuse.
int IocpInterest::watch_folder(Channel& channel, Events wanted) {
  ChannelRecord* record = record_for(channel);
  if (record == nullptr) return UV_ENOMEM;
  if (int error = begin_folder(*record); error != 0) {
    forget(channel);
    return error;
  }
  channel.wanted = wanted;
  return 0;
}

int IocpInterest::begin_folder(ChannelRecord& record) {
  if (record.folder != nullptr) return 0;
  record.folder = create<FolderWatch>();
  if (record.folder == nullptr) return UV_ENOMEM;
  record.folder->record = &record;
  record.folder->is_posted = record.folder->has_news = false;
  bool skips_packets = false;
  if (int error = port_.associate(record.handle(), false, skips_packets); error != 0) {
    return error;
  }
  const int error = post_folder_watch(*record.folder);
  if (error == 0) began(record);
  return error;
}

void IocpInterest::complete_folder(Operation& operation, std::uint32_t size) {
  FolderWatch& watch =
      object_from_member<FolderWatch>(&operation, offsetof(FolderWatch, operation));
  ChannelRecord& record = *watch.record;
  complete_folder_watch(watch, size);
  if (is_over(record)) return free_if_unused(record);
  update_deliverable(record);
}

std::int64_t IocpInterest::take_folder(ChannelRecord& record, void* buffer, std::size_t size) {
  const std::int64_t count = take_folder_report(*record.folder, buffer, size);
  if (count > 0 && record.folder->is_posted) began(record);
  update_deliverable(record);
  return count;
}

}  // namespace violet

// Folders watched by macOS's File System Events service, each with all that lies below it. The
// service calls on a thread of its own; what it tells is collected, and a pipe tells the loop.
#pragma once

#include <sys/types.h>

#include "base/array.h"
#include "os/bsd/macos/fs_events_api.h"
#include "os/bsd/notice_list.h"
#include "os/file_watch.h"
#include "os/thread.h"

namespace violet {

struct FolderStream;

class FolderEvents {
 public:
  // Whether the service is there, for this process.
  static bool are_there();

  FolderEvents() = default;
  FolderEvents(const FolderEvents&) = delete;
  FolderEvents& operator=(const FolderEvents&) = delete;
  ~FolderEvents();

  // 0 or a negative UV_E*; 0 also where the service is not there.
  int open();
  // Readable while there is something to tell; kNoDescriptor without the service.
  Descriptor descriptor() const { return reader_.get(); }
  // Whether there is a folder that the service can watch.
  bool can_watch(const char* path) const;
  // 0 or a negative UV_E*.
  int add(const char* path, WatchKind kind, WatchId id);
  // Harmless for the id of another watch.
  void remove(WatchId id);
  void tell(NoticeList& notices);

 private:
  friend struct FolderStream;

  // On a thread of the service.
  void collect(const FolderStream& stream, std::size_t count, const char* const* paths,
               const std::uint32_t* flags);
  void end(FolderStream* stream);
  bool is_forked() const;

  OwnedDescriptor reader_;
  OwnedDescriptor writer_;
  FsEventsObject queue_ = nullptr;
  pid_t owner_ = 0;
  Array<FolderStream*> streams_;

  Mutex mutex_;  // over what follows
  Array<char> found_;
  bool lost_ = false;
};

}  // namespace violet

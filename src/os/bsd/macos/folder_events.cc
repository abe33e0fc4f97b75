#include "os/bsd/macos/folder_events.h"

#include <fcntl.h>
#include <sys/param.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "base/error.h"
#include "os/bsd/macos/folder_notice.h"
#include "os/bsd/watched_path.h"

namespace violet {

struct FolderStream {
  FolderEvents* events;
  FsEventsObject stream;
  WatchId id;
  bool is_tree;
  char folder[MAXPATHLEN];  // without links, as the service names it

  static void on_events(FsEventsObject, void* context, std::size_t count, void* paths,
                        const std::uint32_t* flags, const std::uint64_t*) {
    const FolderStream& self = *static_cast<FolderStream*>(context);
    self.events->collect(self, count, static_cast<const char* const*>(paths), flags);
  }
};

namespace {

constexpr double kLatencySeconds = 0.02;

// 0 or a negative UV_E*.
int find_true_path(const char* path, char* found) {
  OwnedDescriptor folder;
  if (int error = open_watched(path, WatchKind::kAny, folder); error != 0) return error;
  return fcntl(folder.get().native(), F_GETPATH, found) == 0 ? 0 : last_error();
}

// Null when the service refuses.
FsEventsObject start_stream(const FsEventsApi& api, FolderStream& stream, FsEventsObject queue) {
  FsEventsObject path = api.create_path(nullptr, stream.folder);
  if (path == nullptr) return nullptr;
  const void* values[] = {path};
  FsEventsObject paths = api.create_array(nullptr, values, 1, api.array_callbacks);
  api.release(path);
  if (paths == nullptr) return nullptr;
  FsEventsContext context = {0, &stream, nullptr, nullptr, nullptr};
  FsEventsObject made =
      api.create_stream(nullptr, FolderStream::on_events, &context, paths, kSinceNow,
                        kLatencySeconds, kWithoutDelay | kWatchRoot | kFileEvents);
  api.release(paths);
  if (made == nullptr) return nullptr;
  api.set_queue(made, queue);
  if (api.start(made) != 0) return made;
  api.invalidate(made);
  api.release_stream(made);
  return nullptr;
}

// On the queue, so that no callback runs meanwhile and none follows.
void end_stream(void* stream) {
  const FsEventsApi& api = *fs_events_api();
  api.stop(stream);
  api.invalidate(stream);
  api.release_stream(stream);
}

int open_pipe(OwnedDescriptor& reader, OwnedDescriptor& writer) {
  int ends[2];
  if (pipe(ends) != 0) return last_error();
  reader = OwnedDescriptor(Descriptor::of(ends[0]));
  writer = OwnedDescriptor(Descriptor::of(ends[1]));
  for (int end : ends) {
    if (fcntl(end, F_SETFD, FD_CLOEXEC) != 0 || fcntl(end, F_SETFL, O_NONBLOCK) != 0) {
      return last_error();
    }
  }
  return 0;
}

}  // namespace

bool FolderEvents::are_there() {
  return fs_events_api() != nullptr;
}

bool FolderEvents::is_forked() const {
  return getpid() != owner_;
}

int FolderEvents::open() {
  const FsEventsApi* api = fs_events_api();
  if (api == nullptr) return 0;
  owner_ = getpid();
  if (int error = open_pipe(reader_, writer_); error != 0) return error;
  queue_ = api->create_queue("libuv-fsevents", nullptr);
  return queue_ == nullptr ? UV_ENOMEM : 0;
}

// A forked child may touch nothing of the service: what the parent has of it stays as it is.
FolderEvents::~FolderEvents() {
  if (queue_ == nullptr) return;
  for (std::size_t i = 0; i < streams_.size(); ++i) {
    if (is_forked()) {
      destroy(streams_[i]);
    } else {
      end(streams_[i]);
    }
  }
  if (!is_forked()) fs_events_api()->release_queue(queue_);
}

bool FolderEvents::can_watch(const char* path) const {
  struct stat status;
  return queue_ != nullptr && !is_forked() && stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

int FolderEvents::add(const char* path, WatchKind kind, WatchId id) {
  if (!streams_.reserve_one_more()) return UV_ENOMEM;
  FolderStream* stream = create<FolderStream>();
  if (stream == nullptr) return UV_ENOMEM;
  stream->events = this;
  stream->id = id;
  stream->is_tree = kind == WatchKind::kTree;
  int error = find_true_path(path, stream->folder);
  if (error == 0) {
    stream->stream = start_stream(*fs_events_api(), *stream, queue_);
    if (stream->stream == nullptr) error = UV_EMFILE;
  }
  if (error != 0) {
    destroy(stream);
    return error;
  }
  streams_.push_back(stream);
  return 0;
}

void FolderEvents::end(FolderStream* stream) {
  fs_events_api()->run_on_queue(queue_, stream->stream, end_stream);
  destroy(stream);
}

void FolderEvents::remove(WatchId id) {
  for (std::size_t i = 0; i < streams_.size(); ++i) {
    if (streams_[i]->id != id) continue;
    FolderStream* stream = streams_[i];
    streams_[i] = streams_.back();
    streams_.pop_back();
    if (is_forked()) {
      destroy(stream);
    } else {
      end(stream);
    }
    return;
  }
}

void FolderEvents::collect(const FolderStream& stream, std::size_t count, const char* const* paths,
                           const std::uint32_t* flags) {
  MutexLock lock(mutex_);
  const bool was_empty = found_.empty() && !lost_;
  NoticeList notices(found_);
  for (std::size_t i = 0; i < count; ++i)
    tell_folder_event(stream.id, stream.folder, stream.is_tree, paths[i], flags[i], notices);
  lost_ |= notices.has_lost();
  if (!was_empty || (found_.empty() && !lost_)) return;
  while (write(writer_.get().native(), "", 1) < 0 && errno == EINTR) {
  }
}

void FolderEvents::tell(NoticeList& notices) {
  if (queue_ == nullptr || is_forked()) return;
  char bytes[64];
  while (read(reader_.get().native(), bytes, sizeof(bytes)) > 0) {
  }
  MutexLock lock(mutex_);
  if (lost_) notices.add(kNoWatch, kNoticesLost, nullptr);
  notices.add_all(found_);
  found_.clear();
  lost_ = false;
}

}  // namespace violet

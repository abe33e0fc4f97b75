#include "handle/fs_event.h"

#include "base/allocator.h"
#include "core/call.h"
#include "handle/path_text.h"
#include "handle/watch_tree.h"

namespace violet {
namespace {

FsEvent& event_of(FileSubscriber& subscriber) {
  return object_from_member<FsEvent>(&subscriber, offsetof(FsEvent, subscriber));
}

int public_events(FileChanges changes) {
  if (changes == kNoticesLost) changes = changes_after_loss();
  int events = 0;
  if ((changes & kContentChanged) != 0) events |= UV_CHANGE;
  if ((changes & kNameChanged) != 0) events |= UV_RENAME;
  return events;
}

void report_notice(FsEvent& event, const FileNotice& notice) {
  int events = public_events(notice.changes);
  if (notice.changes == kNoticesLost) {
    report(event, nullptr, events, 0);
  } else if (notice.name != nullptr) {
    report(event, notice.name, events, 0);
  } else {
    // A copy, since the callback may stop the handle and with it release the path.
    Owned<char> name(duplicate_string(last_part(event.path)));
    report(event, name.get(), events, 0);
  }
}

void on_notice(FileSubscriber& subscriber, const FileNotice& notice) {
  FsEvent& event = event_of(subscriber);
  const std::size_t stops = event.stops;
  report_notice(event, notice);
  if (event.stops == stops && event.tree != nullptr) follow_tree(*event.tree, "", notice);
}

Owned<char> path_of(FileSubscriber& subscriber) {
  return Owned<char>(duplicate_string(event_of(subscriber).path));
}

constexpr FileSubscriberKind kSubscriberKind = {on_notice, path_of};

void close(Handle& handle) {
  stop(typed_from<FsEvent>(handle));
  finish_closing(handle);
}

constexpr HandleKind kFsEventKind = {UV_FS_EVENT, close, nullptr};

// Gives back what start() took. Counts as a stop for whoever is calling the callback.
void release_all(FsEvent& event) {
  ++event.stops;
  destroy_tree(event.tree);
  event.tree = nullptr;
  unsubscribe(loop_of(event.handle), event.subscriber);
  release(event.path);
  event.path = nullptr;
}

int watch_path(FsEvent& event, bool recursive) {
  Loop& loop = loop_of(event.handle);
  const WatchKind kind = recursive && watches_trees() ? WatchKind::kTree : WatchKind::kAny;
  int error = subscribe(loop, event.subscriber, event.path, kind);
  if (error != 0 || !recursive || kind == WatchKind::kTree) return error;
  return make_tree(event);
}

}  // namespace

void init_fs_event(Loop& loop, uv_fs_event_t* public_event) {
  FsEvent& event = init_typed_handle<FsEvent>(loop, public_event, kFsEventKind);
  event.subscriber.kind = &kSubscriberKind;
}

int start(FsEvent& event, uv_fs_event_cb callback, const char* path, unsigned int flags) {
  if (event.handle.has(kActive | kClosing) || callback == nullptr || path == nullptr) {
    return UV_EINVAL;
  }
  event.path = duplicate_string(path);
  if (event.path == nullptr) return UV_ENOMEM;
  if (int error = watch_path(event, (flags & UV_FS_EVENT_RECURSIVE) != 0); error != 0) {
    release_all(event);
    return error;
  }
  event.callback = callback;
  activate(event.handle);
  return 0;
}

void stop(FsEvent& event) {
  if (!event.handle.has(kActive)) return;
  deactivate(event.handle);
  release_all(event);
}

bool report(FsEvent& event, const char* name, int events, int status) {
  const std::size_t stops = event.stops;
  call_program(CallbackKind::kFileEvent, event.callback, public_handle(event), name, events,
               status);
  return event.stops == stops;
}

}  // namespace violet

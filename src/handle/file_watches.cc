#include "handle/file_watches.h"

#include "base/allocator.h"
#include "handle/watch_table.h"

namespace violet {

// A descriptor that reports notices: the watcher's or that of one watch.
struct NoticeSource {
  Channel channel;
  WatchId watch;  // kNoWatch: the watcher's
};

struct FileWatch {
  WatchId id;            // kNoWatch: the system has ended it
  NoticeSource* source;  // null where the watcher's source reports its notices
  WatchKind reach;       // for watching it anew
  bool notifying;
  List subscribers;
  ListNode untold;  // while the loss of notices is reported to everybody: who has not been told yet
};

namespace {

// LoopExtension::state of Loop::file_watches.
struct FileWatches {
  FileWatcher* watcher;
  NoticeSource* source;  // null where every watch has its own
  WatchTable<FileWatch> watches;
};

FileWatches& watches_of(Loop& loop) {
  return *static_cast<FileWatches*>(loop.file_watches.state);
}

FileSubscriber& subscriber_of(ListNode& node) {
  return object_from_member<FileSubscriber>(&node, offsetof(FileSubscriber, link));
}

void on_notices(ReadyItem& item, Loop& loop);

// Null and an error when the engine refuses it or memory is out.
NoticeSource* listen_to(Loop& loop, Descriptor descriptor, WatchId watch, Nature nature,
                        int& error) {
  NoticeSource* source = create<NoticeSource>();
  error = source == nullptr ? UV_ENOMEM : 0;
  if (source == nullptr) return nullptr;
  source->watch = watch;
  prepare_channel(source->channel, descriptor, on_notices, nature, Sharing::kOwn);
  error = loop.engine->watch(source->channel, kReceive);
  if (error == 0) return source;
  destroy(source);
  return nullptr;
}

// Has to be called before the descriptor is closed. Null is allowed.
void stop_listening(Loop& loop, NoticeSource* source) {
  if (source == nullptr) return;
  loop.engine->forget(source->channel);
  destroy(source);
}

// Gives the system's side of a watch back; its id means nothing any more. `is_over`: the system has
// ended it by itself.
void end_watch(Loop& loop, FileWatch& watch, bool is_over) {
  if (watch.id == kNoWatch) return;
  FileWatches& watches = watches_of(loop);
  stop_listening(loop, watch.source);
  if (!is_over || watch.source != nullptr) remove_file_watch(*watches.watcher, watch.id);
  watch.source = nullptr;
  watches.watches.remove(watch.id);
  watch.id = kNoWatch;
}

// The system's side goes with the whole watcher.
void forget_watch(Loop& loop, FileWatch& watch) {
  stop_listening(loop, watch.source);
  watch.source = nullptr;
  watches_of(loop).watches.remove(watch.id);
  watch.id = kNoWatch;
}

// Ends a watch without subscribers, but not while its list of subscribers is being walked.
void drop_if_unused(Loop& loop, FileWatch& watch) {
  if (watch.notifying || !watch.subscribers.empty()) return;
  end_watch(loop, watch, false);
  watch.untold.unlink_if_linked();
  destroy(&watch);
}

void notify_subscribers(Loop& loop, FileWatch& watch, const FileNotice& notice) {
  watch.notifying = true;
  for_each_linked_now(watch.subscribers, [&](ListNode& node) {
    FileSubscriber& subscriber = subscriber_of(node);
    subscriber.kind->notify(subscriber, notice);
  });
  watch.notifying = false;
  drop_if_unused(loop, watch);
}

// Nobody knows what was lost, so everybody is told. Callbacks change the table, so all are linked
// first; those that go meanwhile leave the list.
void notify_everybody(Loop& loop, const FileNotice& notice) {
  List untold;
  untold.reset();
  watches_of(loop).watches.for_each([&](FileWatch& watch) { untold.push_back(watch.untold); });
  while (ListNode* node = untold.pop_front())
    notify_subscribers(loop, object_from_member<FileWatch>(node, offsetof(FileWatch, untold)),
                       notice);
}

void handle_notice(Loop& loop, const FileNotice& notice) {
  if (notice.watch == kNoWatch) return notify_everybody(loop, notice);
  // A watch that was dropped may still have notices under way.
  FileWatch* watch = watches_of(loop).watches.find(notice.watch);
  if (watch == nullptr) return;
  if ((notice.changes & kWatchEnded) != 0) end_watch(loop, *watch, true);
  notify_subscribers(loop, *watch, notice);
}

// How many bytes of notices the engine has delivered. Engines that report readiness only deliver
// none; then the batch reads the descriptor itself.
std::size_t take_received(Loop& loop, Channel& channel, FileNoticeBatch& batch) {
  const bool delivered = (channel.events & kDelivered) != 0;
  channel.events = kNoEvents;
  if (!delivered) return 0;
  std::int64_t taken = loop.engine->take(channel, batch.room(), FileNoticeBatch::room_size());
  return taken > 0 ? static_cast<std::size_t>(taken) : 0;
}

void on_notices(ReadyItem& item, Loop& loop) {
  NoticeSource& source = reinterpret_cast<NoticeSource&>(item);
  // One batch a turn, so that a busy directory does not keep the loop from everything else; the
  // rest is reported again.
  FileNoticeBatch batch;
  FileNotice notice;
  const std::size_t received = take_received(loop, source.channel, batch);
  if (!batch.get(*watches_of(loop).watcher, source.watch, received)) return;
  while (batch.next(notice))
    handle_notice(loop, notice);
}

// To be called when all watches have ended, or when the loop is closed.
void close_watcher(Loop& loop, FileWatches& watches) {
  stop_listening(loop, watches.source);
  watches.source = nullptr;
  close_file_watcher(watches.watcher);
  watches.watcher = nullptr;
}

int open_watcher(Loop& loop, FileWatches& watches) {
  if (int error = open_file_watcher(watches.watcher); error != 0) return error;
  Descriptor descriptor = watcher_descriptor(*watches.watcher);
  if (descriptor == kNoDescriptor) return 0;
  int error = 0;
  watches.source = listen_to(loop, descriptor, kNoWatch, Nature::kNotices, error);
  if (error != 0) close_watcher(loop, watches);
  return error;
}

// Takes what the system gave into the watch; gives it back when that fails.
int begin_watch(Loop& loop, FileWatch& watch, const AddedWatch& added) {
  FileWatches& watches = watches_of(loop);
  watch.id = added.id;
  if (!watches.watches.insert(watch)) {
    watch.id = kNoWatch;
    remove_file_watch(*watches.watcher, added.id);
    return UV_ENOMEM;
  }
  int error = 0;
  if (added.descriptor != kNoDescriptor) {
    const Nature nature = watch.reach == WatchKind::kTree ? Nature::kTree : Nature::kFolder;
    watch.source = listen_to(loop, added.descriptor, added.id, nature, error);
  }
  if (error == 0) error = begin_file_watch(*watches.watcher, added.id);
  if (error != 0) end_watch(loop, watch, false);
  return error;
}

// Null and an error when it cannot begin.
FileWatch* make_watch(Loop& loop, const AddedWatch& added, WatchKind kind, int& error) {
  FileWatch* watch = create<FileWatch>();
  if (watch == nullptr) {
    remove_file_watch(*watches_of(loop).watcher, added.id);
    error = UV_ENOMEM;
    return nullptr;
  }
  *watch = {};
  watch->reach = kind == WatchKind::kTree ? kind : WatchKind::kAny;
  watch->subscribers.reset();
  error = begin_watch(loop, *watch, added);
  if (error == 0) return watch;
  destroy(watch);
  return nullptr;
}

// Moves all subscribers to `target` when the new watch turns out to be one that is there already.
void merge(FileWatch& watch, FileWatch& target) {
  while (ListNode* node = watch.subscribers.pop_front()) {
    subscriber_of(*node).watch = &target;
    target.subscribers.push_back(*node);
  }
  destroy(&watch);
}

// In a forked child: moves a watch from the parent's watcher to the new one. If its file is gone,
// it stays as a watch that has ended.
int watch_anew(Loop& loop, FileWatch& watch) {
  FileWatches& watches = watches_of(loop);
  FileSubscriber& subscriber = subscriber_of(*watch.subscribers.front());
  Owned<char> path = subscriber.kind->path(subscriber);
  if (!path) return UV_ENOMEM;
  AddedWatch added;
  if (int error = add_file_watch(*watches.watcher, path.get(), watch.reach, added); error != 0) {
    return error == UV_ENOSPC || error == UV_ENOMEM ? error : 0;
  }
  if (FileWatch* same = watches.watches.find(added.id); same != nullptr) {
    merge(watch, *same);
    return 0;
  }
  return begin_watch(loop, watch, added);
}

// Parent and child share the watcher, and each notice would reach only one of them.
int after_fork(Loop& loop) {
  FileWatches& watches = watches_of(loop);
  Array<FileWatch*> all;
  const bool has_room = all.reserve(watches.watches.size());
  while (FileWatch* watch = watches.watches.any()) {
    forget_watch(loop, *watch);
    if (has_room) all.push_back(watch);
  }
  close_watcher(loop, watches);
  if (int error = open_watcher(loop, watches); error != 0) return error;
  if (!has_room) return UV_ENOMEM;
  int first_error = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    int error = watch_anew(loop, *all[i]);
    if (first_error == 0) first_error = error;
  }
  return first_error;
}

void release_watches(Loop& loop) {
  FileWatches& watches = watches_of(loop);
  close_watcher(loop, watches);
  destroy(&watches);
  loop.file_watches = {};
}

int prepare_watches(Loop& loop) {
  if (loop.file_watches.state != nullptr) {
    // There is none if a forked child could not open it.
    FileWatches& there = watches_of(loop);
    return there.watcher != nullptr ? 0 : open_watcher(loop, there);
  }
  FileWatches* watches = create<FileWatches>();
  if (watches == nullptr) return UV_ENOMEM;
  if (int error = open_watcher(loop, *watches); error != 0) {
    destroy(watches);
    return error;
  }
  loop.file_watches = {watches, nullptr, after_fork, release_watches};
  return 0;
}

}  // namespace

int subscribe(Loop& loop, FileSubscriber& subscriber, const char* path, WatchKind kind) {
  if (int error = prepare_watches(loop); error != 0) return error;
  FileWatches& watches = watches_of(loop);
  AddedWatch added;
  if (int error = add_file_watch(*watches.watcher, path, kind, added); error != 0) return error;
  int error = 0;
  FileWatch* watch = watches.watches.find(added.id);
  if (watch == nullptr) watch = make_watch(loop, added, kind, error);
  if (watch == nullptr) return error;
  subscriber.watch = watch;
  watch->subscribers.push_back(subscriber.link);
  return 0;
}

FileSubscriber* find_fellow(const FileSubscriber& subscriber,
                            bool (*belongs)(FileSubscriber& other, void* context), void* context) {
  List& all = subscriber.watch->subscribers;
  for (ListNode* node = all.head.next; node != &all.head; node = node->next) {
    FileSubscriber& other = subscriber_of(*node);
    if (&other == &subscriber || other.kind != subscriber.kind) continue;
    if (belongs(other, context)) return &other;
  }
  return nullptr;
}

void unsubscribe(Loop& loop, FileSubscriber& subscriber) {
  FileWatch* watch = subscriber.watch;
  if (watch == nullptr) return;
  subscriber.watch = nullptr;
  subscriber.link.unlink_if_linked();
  drop_if_unused(loop, *watch);
}

}  // namespace violet

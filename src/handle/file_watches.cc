#include "handle/file_watches.h"

#include "base/allocator.h"
#include "handle/watch_table.h"

namespace violet {

struct FileWatch {
  WatchId id;  // kNoWatch: the system has ended it
  bool notifying;
  List subscribers;
  ListNode untold;  // of a loss that everybody is told of
};

namespace {

// LoopExtension::state of Loop::file_watches.
struct FileWatches {
  Channel channel;
  WatchTable<FileWatch> watches;

  Descriptor watcher() const { return channel.descriptor; }
};

FileWatches& watches_of(Loop& loop) {
  return *static_cast<FileWatches*>(loop.file_watches.state);
}

FileSubscriber& subscriber_of(ListNode& node) {
  return object_from_member<FileSubscriber>(&node, offsetof(FileSubscriber, link));
}

// The system's side of a watch is over: its id means nothing any more.
void end_watch(FileWatches& watches, FileWatch& watch) {
  if (watch.id == kNoWatch) return;
  watches.watches.remove(watch.id);
  watch.id = kNoWatch;
}

// A watch nobody subscribes to goes, but not while the list of its subscribers is worked through.
void drop_if_unused(FileWatches& watches, FileWatch& watch) {
  if (watch.notifying || !watch.subscribers.empty()) return;
  if (watch.id != kNoWatch) remove_file_watch(watches.watcher(), watch.id);
  end_watch(watches, watch);
  watch.untold.unlink_if_linked();
  destroy(&watch);
}

void notify_subscribers(FileWatches& watches, FileWatch& watch, const FileNotice& notice) {
  watch.notifying = true;
  for_each_linked_now(watch.subscribers, [&](ListNode& node) {
    FileSubscriber& subscriber = subscriber_of(node);
    subscriber.kind->notify(subscriber, notice);
  });
  watch.notifying = false;
  drop_if_unused(watches, watch);
}

// Nobody knows what was lost, so everybody is told. Callbacks change the table, so all are linked
// first; those that go meanwhile leave the list.
void notify_everybody(FileWatches& watches, const FileNotice& notice) {
  List untold;
  untold.reset();
  watches.watches.for_each([&](FileWatch& watch) { untold.push_back(watch.untold); });
  while (ListNode* node = untold.pop_front())
    notify_subscribers(watches, object_from_member<FileWatch>(node, offsetof(FileWatch, untold)),
                       notice);
}

void handle_notice(FileWatches& watches, const FileNotice& notice) {
  if (notice.changes == kNoticesLost) return notify_everybody(watches, notice);
  // A watch that was dropped may still have notices under way.
  FileWatch* watch = watches.watches.find(notice.watch);
  if (watch == nullptr) return;
  if ((notice.changes & kWatchEnded) != 0) end_watch(watches, *watch);
  notify_subscribers(watches, *watch, notice);
}

void on_readable(ReadyItem& item, Loop& loop) {
  Channel& channel = reinterpret_cast<Channel&>(item);
  channel.events = kNoEvents;
  FileWatches& watches = watches_of(loop);
  // One batch a turn, so that a busy directory does not keep the loop from everything else; the
  // rest is reported again.
  FileNoticeBatch batch;
  FileNotice notice;
  if (!batch.read_from(channel.descriptor)) return;
  while (batch.next(notice))
    handle_notice(watches, notice);
}

int open_watcher(Loop& loop, FileWatches& watches) {
  Descriptor watcher = open_file_watcher();
  prepare_channel(watches.channel, watcher < 0 ? kNoDescriptor : watcher, on_readable, kNoTraits);
  return watcher < 0 ? watcher : loop.engine->watch(watches.channel, kReadable);
}

void close_watcher(Loop& loop, FileWatches& watches) {
  if (watches.watcher() == kNoDescriptor) return;
  loop.engine->forget(watches.channel);
  close_file_watcher(watches.watcher());
}

// Moves all subscribers to `target` when the new watch turns out to be one that is there already.
void merge(FileWatch& watch, FileWatch& target) {
  while (ListNode* node = watch.subscribers.pop_front()) {
    subscriber_of(*node).watch = &target;
    target.subscribers.push_back(*node);
  }
  destroy(&watch);
}

// Puts a watch, whose old id is of the parent's watcher, onto the new one. What is not there any
// more stays a watch that has ended.
int watch_anew(FileWatches& watches, FileWatch& watch) {
  FileSubscriber& subscriber = subscriber_of(*watch.subscribers.front());
  Owned<char> path = subscriber.kind->path(subscriber);
  if (!path) return UV_ENOMEM;
  watch.id = add_file_watch(watches.watcher(), path.get(), WatchKind::kAny);
  if (watch.id < 0) {
    int error = watch.id;
    watch.id = kNoWatch;
    return error == UV_ENOSPC || error == UV_ENOMEM ? error : 0;
  }
  if (FileWatch* same = watches.watches.find(watch.id); same != nullptr) {
    merge(watch, *same);
    return 0;
  }
  return watches.watches.insert(watch) ? 0 : UV_ENOMEM;
}

// Parent and child share the watcher, and each notice would reach only one of them.
int after_fork(Loop& loop) {
  FileWatches& watches = watches_of(loop);
  close_watcher(loop, watches);
  if (int error = open_watcher(loop, watches); error != 0) return error;
  Array<FileWatch*> all;
  if (!all.reserve(watches.watches.size())) return UV_ENOMEM;
  while (FileWatch* watch = watches.watches.any()) {
    end_watch(watches, *watch);
    all.push_back(watch);
  }
  int first_error = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    int error = watch_anew(watches, *all[i]);
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
  if (loop.file_watches.state != nullptr) return 0;
  FileWatches* watches = create<FileWatches>();
  if (watches == nullptr) return UV_ENOMEM;
  if (int error = open_watcher(loop, *watches); error != 0) {
    close_watcher(loop, *watches);
    destroy(watches);
    return error;
  }
  loop.file_watches = {watches, nullptr, after_fork, release_watches};
  return 0;
}

// Null when out of memory.
FileWatch* make_watch(FileWatches& watches, WatchId id) {
  FileWatch* watch = create<FileWatch>();
  if (watch == nullptr) return nullptr;
  watch->id = id;
  watch->notifying = false;
  watch->subscribers.reset();
  watch->untold = {};
  if (watches.watches.insert(*watch)) return watch;
  destroy(watch);
  return nullptr;
}

}  // namespace

int subscribe(Loop& loop, FileSubscriber& subscriber, const char* path, WatchKind kind) {
  if (int error = prepare_watches(loop); error != 0) return error;
  FileWatches& watches = watches_of(loop);
  WatchId id = add_file_watch(watches.watcher(), path, kind);
  if (id < 0) return id;
  FileWatch* watch = watches.watches.find(id);
  if (watch == nullptr) watch = make_watch(watches, id);
  if (watch == nullptr) {
    remove_file_watch(watches.watcher(), id);
    return UV_ENOMEM;
  }
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
  drop_if_unused(watches_of(loop), *watch);
}

}  // namespace violet

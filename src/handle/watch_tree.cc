#include "handle/watch_tree.h"

#include "base/allocator.h"
#include "handle/path_text.h"
#include "os/directory.h"
#include "os/names.h"
#include "request/directory_listing.h"

namespace violet {
namespace {

// A watched directory below the handle's path.
struct TreeFolder {
  FileSubscriber subscriber;
  WatchTree* tree;
  ListNode link;    // in WatchTree::folders
  ListNode unread;  // in WatchTree::unread, until its entries have been looked at
  char* path;       // relative to the handle's path
};

}  // namespace

struct WatchTree {
  FsEvent* event;
  char* root;  // the handle's path, absolute: the program may change its directory
  List folders;
  List unread;
};

namespace {

constexpr bool kReport = true;
constexpr bool kQuietly = false;

TreeFolder& folder_of(FileSubscriber& subscriber) {
  return object_from_member<TreeFolder>(&subscriber, offsetof(TreeFolder, subscriber));
}

TreeFolder& folder_of_link(ListNode& node) {
  return object_from_member<TreeFolder>(&node, offsetof(TreeFolder, link));
}

Owned<char> full_path(const FsEvent& event, const char* relative) {
  return join_path(event.tree->root, relative);
}

Owned<char> path_of_folder(FileSubscriber& subscriber) {
  TreeFolder& folder = folder_of(subscriber);
  return full_path(*folder.tree->event, folder.path);
}

void destroy_folder(TreeFolder& folder) {
  unsubscribe(loop_of(folder.tree->event->handle), folder.subscriber);
  folder.link.unlink_if_linked();
  folder.unread.unlink_if_linked();
  release(folder.path);
  destroy(&folder);
}

// The folder of this tree that watches the same directory; null when there is none.
TreeFolder* same_folder(TreeFolder& folder) {
  auto in_same_tree = [](FileSubscriber& other, void* tree) {
    return folder_of(other).tree == tree;
  };
  FileSubscriber* fellow = find_fellow(folder.subscriber, in_same_tree, folder.tree);
  return fellow == nullptr ? nullptr : &folder_of(*fellow);
}

// Forgets a directory and all below it.
void drop_folders(WatchTree& tree, const char* path) {
  for (ListNode* node = tree.folders.head.next; node != &tree.folders.head;) {
    TreeFolder& folder = folder_of_link(*node);
    node = node->next;
    if (is_within(folder.path, path)) destroy_folder(folder);
  }
}

void on_notice(FileSubscriber& subscriber, const FileNotice& notice) {
  TreeFolder& folder = folder_of(subscriber);
  FsEvent& event = *folder.tree->event;
  if (notice.changes == kNoticesLost) {
    // A notice that is about all watches is reported once for the whole tree, by the watch of the
    // handle's own path.
    if (notice.watch == kNoWatch) return;
    if (report(event, nullptr, UV_RENAME | UV_CHANGE, 0)) follow_tree(*event.tree, "", notice);
    return;
  }
  // What happens to the directory itself is reported from the directory it lies in.
  if (notice.name == nullptr) {
    if ((notice.changes & kWatchEnded) != 0) destroy_folder(folder);
    return;
  }
  Owned<char> folder_path(duplicate_string(folder.path));
  Owned<char> name = join_path(folder.path, notice.name);
  if (!folder_path || !name) {
    // What happened is lost to the program, and with it perhaps a part of the tree.
    report(event, nullptr, 0, UV_ENOMEM);
    return;
  }
  int events = 0;
  if ((notice.changes & kContentChanged) != 0) events |= UV_CHANGE;
  if ((notice.changes & kNameChanged) != 0) events |= UV_RENAME;
  // The tree is gone when the callback stopped the handle.
  if (!report(event, name.get(), events, 0)) return;
  follow_tree(*event.tree, folder_path.get(), notice);
}

constexpr FileSubscriberKind kFolderKind = {on_notice, path_of_folder};

// Errors that mean that a directory has gone since it was found, or that we may not read it.
bool is_no_loss(int error) {
  return error == UV_ENOENT || error == UV_ENOTDIR || error == UV_ELOOP || error == UV_EACCES;
}

// Null when out of memory.
TreeFolder* make_folder(WatchTree& tree, const char* path) {
  TreeFolder* folder = create<TreeFolder>();
  if (folder == nullptr) return nullptr;
  *folder = {};
  folder->tree = &tree;
  folder->subscriber.kind = &kFolderKind;
  folder->path = duplicate_string(path);
  if (folder->path != nullptr) return folder;
  destroy_folder(*folder);
  return nullptr;
}

int watch_folder(TreeFolder& folder) {
  FsEvent& event = *folder.tree->event;
  Owned<char> path = full_path(event, folder.path);
  if (!path) return UV_ENOMEM;
  return subscribe(loop_of(event.handle), folder.subscriber, path.get(), WatchKind::kFolderInTree);
}

// Watches a directory and queues it to be read. One that is watched already stays as it is.
int add_folder(WatchTree& tree, const char* path) {
  TreeFolder* folder = make_folder(tree, path);
  if (folder == nullptr) return UV_ENOMEM;
  if (int error = watch_folder(*folder); error != 0) {
    destroy_folder(*folder);
    return is_no_loss(error) ? 0 : error;
  }
  if (TreeFolder* known = same_folder(*folder); known != nullptr) {
    if (std::strcmp(known->path, path) == 0) {
      destroy_folder(*folder);
      return 0;
    }
    // The directory was renamed, and the notice that it has left its old place is still to come.
    Owned<char> old_path(duplicate_string(known->path));
    if (!old_path) {
      destroy_folder(*folder);
      return UV_ENOMEM;
    }
    drop_folders(tree, old_path.get());
  }
  tree.folders.push_back(folder->link);
  tree.unread.push_back(folder->unread);
  return 0;
}

int list_folder(const FsEvent& event, const char* path, DirectoryListing& listing) {
  Owned<char> full = full_path(event, path);
  if (!full) return UV_ENOMEM;
  int error = 0;
  DirectoryStream* stream = open_directory(full.get(), error);
  if (stream == nullptr) return error;
  error = listing.read(stream, SIZE_MAX);
  close_directory(stream);
  return error;
}

// Looks at the entries of a directory and adds the directories among them. 0, a negative UV_E*, or
// UV_ECANCELED when a callback stopped the handle: the tree is gone then.
int read_folder(WatchTree& tree, const char* path, bool reporting) {
  FsEvent& event = *tree.event;
  DirectoryListing listing;
  int error = list_folder(event, path, listing);
  if (error != 0) return is_no_loss(error) ? 0 : error;
  for (std::size_t i = 0; i < listing.entries.size(); ++i) {
    uv_dirent_t entry = listing.at(i);
    Owned<char> name = join_path(path, entry.name);
    if (!name) return UV_ENOMEM;
    if (reporting && !report(event, name.get(), UV_RENAME, 0)) return UV_ECANCELED;
    if (entry.type != UV_DIRENT_DIR && entry.type != UV_DIRENT_UNKNOWN) continue;
    if (error = add_folder(tree, name.get()); error != 0) return error;
  }
  return 0;
}

// Reads all directories that were added, and those that this adds.
int read_added(WatchTree& tree, bool reporting) {
  while (ListNode* node = tree.unread.pop_front()) {
    TreeFolder& folder = object_from_member<TreeFolder>(node, offsetof(TreeFolder, unread));
    // A copy: a callback may stop the handle.
    Owned<char> path(duplicate_string(folder.path));
    if (!path) return UV_ENOMEM;
    if (int error = read_folder(tree, path.get(), reporting); error != 0) return error;
  }
  return 0;
}

int read_tree(WatchTree& tree) {
  int error = read_folder(tree, "", kQuietly);
  return error != 0 ? error : read_added(tree, kQuietly);
}

int follow_new_folder(WatchTree& tree, const char* path) {
  if (int error = add_folder(tree, path); error != 0) return error;
  return read_added(tree, kReport);
}

// All directories are read again, those that are watched already too: some may be new in them.
int find_what_was_lost(WatchTree& tree) {
  for (ListNode* node = tree.folders.head.next; node != &tree.folders.head; node = node->next) {
    TreeFolder& folder = folder_of_link(*node);
    if (!folder.unread.linked()) tree.unread.push_back(folder.unread);
  }
  return read_tree(tree);
}

}  // namespace

int make_tree(FsEvent& event) {
  WatchTree* tree = create<WatchTree>();
  if (tree == nullptr) return UV_ENOMEM;
  tree->event = &event;
  tree->folders.reset();
  tree->unread.reset();
  event.tree = tree;
  int error = 0;
  tree->root = resolve_path(event.path, error);
  return tree->root == nullptr ? error : read_tree(*tree);
}

void destroy_tree(WatchTree* tree) {
  if (tree == nullptr) return;
  while (ListNode* node = tree->folders.front())
    destroy_folder(folder_of_link(*node));
  release(tree->root);
  destroy(tree);
}

void follow_tree(WatchTree& tree, const char* folder, const FileNotice& notice) {
  FsEvent& event = *tree.event;
  int error = 0;
  Owned<char> path;
  if (notice.changes == kNoticesLost) {
    error = find_what_was_lost(tree);
  } else if ((notice.changes & (kFolderAppeared | kFolderMovedAway)) != 0) {
    path = join_path(folder, notice.name);
    if (!path) {
      error = UV_ENOMEM;
    } else if ((notice.changes & kFolderMovedAway) != 0) {
      drop_folders(tree, path.get());
    } else {
      error = follow_new_folder(tree, path.get());
    }
  }
  // A part of the tree is not watched from here on, so the program is told.
  if (error != 0 && error != UV_ECANCELED) report(event, path.get(), 0, error);
}

}  // namespace violet

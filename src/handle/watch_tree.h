// The directories below a recursively watched one (UV_FS_EVENT_RECURSIVE), for systems that watch
// one directory at a time: every directory has a watch of its own.
//
// No entry is missed: a new directory is first watched and then read, so an entry that is made
// before the watch is found by reading, and one made after it is noticed; one made in between may
// be reported twice. Names are relative to the handle's path.
#pragma once

#include "handle/fs_event.h"

namespace violet {

// Watches all directories there are, and sets FsEvent::tree. 0 or a negative UV_E*; the handle then
// has a tree that is to be destroyed.
int make_tree(FsEvent& event);
// Null is allowed.
void destroy_tree(WatchTree* tree);

// Keeps the tree in step with a notice from one of its directories, and reports what is found in a
// new one. Callbacks run meanwhile and may destroy the tree.
void follow_tree(WatchTree& tree, const char* folder, const FileNotice& notice);

}  // namespace violet

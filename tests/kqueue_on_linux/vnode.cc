// EVFILT_VNODE, by inotify: watches stand for files, and one file may be registered by several
// descriptors.
#include <sys/epoll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdio>
#include <string>

#include "filter.h"

namespace kqueue_on_linux {
namespace {

constexpr std::uint32_t kOfFile = IN_MODIFY | IN_ATTRIB | IN_MOVE_SELF | IN_DELETE_SELF;
constexpr std::uint32_t kOfFolder = IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO;

std::string path_of(int descriptor) {
  return "/proc/self/fd/" + std::to_string(descriptor);
}

// A folder's removal shows in its parent only.
int watch_parent(Queue& queue, const Registration& registration) {
  char target[PATH_MAX];
  const ssize_t size = readlink(path_of(registration.descriptor()).c_str(), target, sizeof(target));
  if (size <= 0) return -1;
  const std::string path(target, static_cast<std::size_t>(size));
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos || path.size() == 1) return -1;
  // One watch for each file, whatever else the file is watched for.
  return inotify_add_watch(queue.notifications, path.substr(0, slash + 1).c_str(),
                           kOfFile | kOfFolder);
}

int open_notifications(Queue& queue) {
  if (queue.notifications >= 0) return 0;
  queue.notifications = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
  if (queue.notifications < 0) return errno;
  return add_to_epoll(queue, queue.notifications, EPOLLIN, Source::kNotifications, 0);
}

template <typename Visitor>
void for_each_registration(Queue& queue, Visitor visit) {
  for (auto& [key, place] : queue.registered)
    visit(*place);
}

void drop_watch(Queue& queue, int watch) {
  if (watch < 0) return;
  bool is_used = false;
  for_each_registration(queue, [&](const Registration& other) {
    is_used |= other.watched.watch == watch || other.watched.parent_watch == watch;
  });
  if (!is_used) inotify_rm_watch(queue.notifications, watch);
}

void remember(Registration& registration, const struct stat& status) {
  registration.watched.links = status.st_nlink;
  registration.watched.size = status.st_size;
}

// What the file's status tells: links and size, before and now.
unsigned int notes_of_status(Registration& registration) {
  struct stat status;
  if (fstat(registration.descriptor(), &status) != 0) return 0;
  WatchedFile& watched = registration.watched;
  unsigned int notes = 0;
  if (status.st_nlink != watched.links) notes |= NOTE_LINK;
  const bool lost_name =
      S_ISDIR(status.st_mode) ? status.st_nlink == 0 : status.st_nlink < watched.links;
  if (lost_name && !watched.is_gone) notes |= NOTE_DELETE;
  watched.is_gone = status.st_nlink == 0;
  if (!S_ISDIR(status.st_mode) && status.st_size > watched.size) notes |= NOTE_EXTEND;
  remember(registration, status);
  return notes;
}

unsigned int notes_of(std::uint32_t mask) {
  unsigned int notes = 0;
  if ((mask & IN_MODIFY) != 0) notes |= NOTE_WRITE;
  if ((mask & IN_ATTRIB) != 0) notes |= NOTE_ATTRIB;
  if ((mask & IN_MOVE_SELF) != 0) notes |= NOTE_RENAME;
  if ((mask & IN_DELETE_SELF) != 0) notes |= NOTE_DELETE;
  if ((mask & IN_UNMOUNT) != 0) notes |= NOTE_REVOKE;
  // What IN_ATTRIB tells of a file in a watched folder has a name with it and is not the folder's.
  if ((mask & (IN_CREATE | IN_DELETE)) != 0) notes |= NOTE_WRITE;
  if ((mask & (IN_MOVED_FROM | IN_MOVED_TO)) != 0) notes |= NOTE_WRITE | NOTE_EXTEND;
  return notes;
}

void happened(Queue& queue, Registration& registration, unsigned int notes) {
  if (registration.filter == EVFILT_VNODE) registration.happened |= notes & registration.wanted;
  look_at(queue, registration);
}

void hand_out(Queue& queue, const inotify_event& event) {
  const std::uint32_t of_children = IN_MODIFY | IN_ATTRIB;
  const std::uint32_t mask = event.len > 0 ? event.mask & ~of_children : event.mask;
  for_each_registration(queue, [&](Registration& registration) {
    WatchedFile& watched = registration.watched;
    if (watched.watch == event.wd) {
      happened(queue, registration, notes_of(mask) | notes_of_status(registration));
      if ((mask & IN_MOVE_SELF) != 0 && watched.parent_watch >= 0) {
        const int left = watched.parent_watch;
        watched.parent_watch = watch_parent(queue, registration);
        drop_watch(queue, left);
      }
      if ((mask & IN_IGNORED) != 0) watched.watch = -1;
    } else if (watched.parent_watch == event.wd) {
      const unsigned int notes = notes_of_status(registration) & NOTE_DELETE;
      if (notes != 0) happened(queue, registration, notes);
      if ((mask & IN_IGNORED) != 0) watched.parent_watch = -1;
    }
  });
}

int attach(Queue& queue, Registration& registration) {
  if (!S_ISREG(registration.file.mode) && !S_ISDIR(registration.file.mode)) return EINVAL;
  return watch_file(queue, registration);
}

bool holds(Registration& registration, struct kevent& event) {
  event.fflags = registration.happened & registration.wanted;
  return event.fflags != 0;
}

}  // namespace

const Filter kVnodeFilter = {true, attach, unwatch_file, nullptr, holds};

int watch_file(Queue& queue, Registration& registration) {
  if (int error = open_notifications(queue); error != 0) return error;
  struct stat status;
  if (fstat(registration.descriptor(), &status) != 0) return errno;
  remember(registration, status);
  const bool is_folder = S_ISDIR(status.st_mode);
  registration.watched.watch =
      inotify_add_watch(queue.notifications, path_of(registration.descriptor()).c_str(),
                        is_folder ? kOfFile | kOfFolder : kOfFile);
  if (registration.watched.watch < 0) return errno;
  if (is_folder) registration.watched.parent_watch = watch_parent(queue, registration);
  return 0;
}

void unwatch_file(Queue& queue, Registration& registration) {
  const WatchedFile watched = registration.watched;
  registration.watched = {};
  drop_watch(queue, watched.watch);
  drop_watch(queue, watched.parent_watch);
}

void collect_notifications(Queue& queue) {
  alignas(inotify_event) char buffer[16384];
  for (;;) {
    const ssize_t size = read(queue.notifications, buffer, sizeof(buffer));
    if (size <= 0) return;
    for (ssize_t at = 0; at < size;) {
      const auto& event = *reinterpret_cast<const inotify_event*>(buffer + at);
      hand_out(queue, event);
      at += static_cast<ssize_t>(sizeof(event) + event.len);
    }
  }
}

}  // namespace kqueue_on_linux

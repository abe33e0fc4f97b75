// What the emulation keeps: queues, and the events registered with them.
//
// A queue's descriptor is an epoll instance, so that programs can poll it. epoll tells, edge by
// edge, that something may have changed: it moves registrations to the list of those to look at.
// What holds is found out when kevent() goes through that list, as a kernel does it: what still
// holds is reported and stays on the list (level-triggered), the rest leaves it.
#pragma once

#include <sys/event.h>
#include <sys/stat.h>

#include <csignal>
#include <cstdint>
#include <list>
#include <map>
#include <utility>

namespace kqueue_on_linux {

// Tells whether a descriptor's number still stands for the file that was registered.
struct FileIdentity {
  dev_t device = 0;
  ino_t inode = 0;
  mode_t mode = 0;

  bool operator==(const FileIdentity& other) const {
    return device == other.device && inode == other.inode;
  }
};

// False when the descriptor is not open.
bool identify(int descriptor, FileIdentity& identity);

// What a registration of a file remembers to tell what changed (vnode.cc).
struct WatchedFile {
  int watch = -1;         // inotify's number; -1: none
  int parent_watch = -1;  // for a folder, whose removal only its parent hears of
  nlink_t links = 0;
  off_t size = 0;
  bool is_gone = false;
};

// An event as registered.
struct Registration {
  std::uintptr_t ident = 0;
  short filter = 0;
  unsigned short flags = 0;   // those that stay: EV_ONESHOT, EV_CLEAR, EV_DISPATCH, EV_RECEIPT
  unsigned int wanted = 0;    // fflags
  std::int64_t argument = 0;  // data
  void* udata = nullptr;
  bool enabled = true;
  bool listed = false;  // stands in Queue::to_look_at

  // What happened and was not reported yet. EVFILT_USER: 1 when triggered.
  unsigned int happened = 0;
  std::int64_t data = 0;

  FileIdentity file;     // of those with a descriptor
  bool pollable = true;  // false: epoll does not take such a file
  WatchedFile watched;
  int process = -1;  // EVFILT_PROC: a pidfd

  int descriptor() const { return static_cast<int>(ident); }
};

struct Queue {
  int descriptor = -1;  // the epoll instance
  int signal = -1;      // an eventfd, readable while to_look_at is not empty
  bool signalled = false;
  int notifications = -1;  // inotify, once a file is watched

  std::list<Registration> resting;
  std::list<Registration> to_look_at;
  std::map<std::pair<short, std::uintptr_t>, std::list<Registration>::iterator> registered;

  // Null when there is none.
  Registration* find(short filter, std::uintptr_t ident);
};

// Puts an enabled registration on the list. Allocates nothing: EVFILT_USER is triggered in signal
// handlers.
void look_at(Queue& queue, Registration& registration);

void remove(Queue& queue, Registration& registration);

// Whom an event of epoll is for.
enum class Source : std::uint32_t { kSignal, kDescriptor, kProcess, kNotifications };

// 0 or an errno.
int add_to_epoll(Queue& queue, int descriptor, std::uint32_t events, Source source,
                 std::uint32_t number);

// One lock for everything. Signals stay blocked under it, since signal handlers call kevent() too.
class Lock {
 public:
  Lock();
  ~Lock();
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;

  // For a wait.
  void release();
  void take();

 private:
  sigset_t before_;
};

// The filters whose identifier is a descriptor.
inline constexpr short kDescriptorFilters[] = {EVFILT_READ, EVFILT_WRITE, EVFILT_EXCEPT,
                                               EVFILT_VNODE};

// Null when there is none in this process.
Queue* find_queue(int descriptor);

// Removes what is registered for a descriptor whose number stands for another file by now.
void remove_stale(Queue& queue, int descriptor);

// 0 or an errno.
int apply_change(Queue& queue, const struct kevent& change);

}  // namespace kqueue_on_linux

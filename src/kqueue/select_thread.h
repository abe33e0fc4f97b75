// Descriptors that kqueue refuses and select(2) takes: on macOS /dev/tty and some other devices. A
// thread waits for them and wakes the engine. It is started with the first of them.
#pragma once

#include <sys/select.h>

#include "base/array.h"
#include "engine.h"
#include "os/thread.h"

namespace violet {

class SelectThread {
 public:
  // Called on the thread when there is something to collect.
  struct Bell {
    void (*ring)(void* context);
    void* context;
  };

  // For start() and stop() only.
  SelectThread() = default;
  ~SelectThread();
  SelectThread(const SelectThread&) = delete;
  SelectThread& operator=(const SelectThread&) = delete;

  // Null and an error when the thread cannot be started.
  static SelectThread* start(Bell bell, int& error);
  // Ends the thread, and with it the object.
  void stop();
  // As stop(), in a forked child, where the thread does not exist.
  void abandon();

  // What follows is the engine's.

  // Waits for these events of the descriptor: readability, writability. With none of them the
  // thread does not use the descriptor any more when this returns, so that it may be closed. 0,
  // UV_ENOMEM, or UV_EINVAL for a descriptor that select(2) has no room for.
  int set(int descriptor, Events wanted);
  bool knows(int descriptor) const { return find(descriptor) != nullptr; }

  // Hands out what has happened, once: visit(descriptor, events). It is waited for again after
  // wait_again(), so that its owner can do something about it first.
  template <typename Visit>
  void collect(Visit visit) {
    MutexLock lock(mutex_);
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      Entry& entry = entries_[i];
      const Events fresh = entry.happened & static_cast<Events>(~entry.collected);
      entry.collected = entry.happened;
      if (fresh != kNoEvents) visit(entry.descriptor, fresh);
    }
  }
  void wait_again();

 private:
  struct Entry {
    int descriptor;
    Events wanted;
    Events happened;
    Events collected;  // of what happened
  };
  struct Sets {
    fd_set readable;
    fd_set writable;
    int highest;
  };

  int open_pipe();
  void run();
  void fill(Sets& sets) const;
  bool take(const Sets& sets, int count);
  bool take_closed();
  void poke() const;
  void drain() const;

  const Entry* find(int descriptor) const;
  Entry* find(int descriptor) {
    return const_cast<Entry*>(static_cast<const SelectThread*>(this)->find(descriptor));
  }

  Bell bell_ = {};
  Thread thread_;
  // It interrupts the thread's wait.
  int poke_reader_ = -1;
  int poke_writer_ = -1;

  Mutex mutex_;  // over all that follows
  Condition seen_condition_;
  Array<Entry> entries_;
  std::uint32_t changes_ = 0;
  std::uint32_t seen_ = 0;  // the changes that the thread's wait takes into account
  bool stopping_ = false;
};

}  // namespace violet

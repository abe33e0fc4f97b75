// What the checks share. POSIX and <sys/event.h> only: they are held against real kernels too.
//
// Pages named in the checks: kqueue(2) of FreeBSD 13, OpenBSD, NetBSD and macOS. "All" means that
// each of the four says so.
#pragma once

// OpenBSD and NetBSD want the types first.
#include <sys/types.h>

#include <sys/event.h>
#include <sys/time.h>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

namespace check {

inline constexpr int kLongSeconds = 20;  // for what has to come

class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  ~Descriptor() { reset(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return number_; }
  void reset(int number = -1) {
    if (number_ >= 0) close(number_);
    number_ = number;
  }
  int release() {
    const int number = number_;
    number_ = -1;
    return number;
  }

 private:
  int number_;
};

// Without EV_SET: some of its forms take no value that has to be narrowed.
inline struct kevent change_of(int ident, int filter, int flags, unsigned int fflags = 0,
                               std::int64_t data = 0, void* udata = nullptr) {
  struct kevent change = {};
  change.ident = static_cast<decltype(change.ident)>(ident);
  change.filter = static_cast<decltype(change.filter)>(filter);
  change.flags = static_cast<decltype(change.flags)>(flags);
  change.fflags = static_cast<decltype(change.fflags)>(fflags);
  change.data = static_cast<decltype(change.data)>(data);
  change.udata = udata;
  return change;
}

class Queue {
 public:
  Queue() : queue_(kqueue()) { EXPECT_GE(queue_.get(), 0) << "errno " << errno; }
  int get() const { return queue_.get(); }
  void reset() { queue_.reset(); }

  // One change and no room for events. 0 or an errno.
  int change(int ident, int filter, int flags, unsigned int fflags = 0, std::int64_t data = 0,
             void* udata = nullptr) {
    const struct kevent change = change_of(ident, filter, flags, fflags, data, udata);
    return kevent(queue_.get(), &change, 1, nullptr, 0, nullptr) < 0 ? errno : 0;
  }

  // What holds now.
  std::vector<struct kevent> now(int capacity = 16) { return events(capacity, 0); }
  // Waits for something to hold.
  std::vector<struct kevent> wait(int capacity = 16) { return events(capacity, kLongSeconds); }

 private:
  std::vector<struct kevent> events(int capacity, int seconds) {
    std::vector<struct kevent> events(static_cast<std::size_t>(capacity));
    const struct timespec timeout = {seconds, 0};
    const int count = kevent(queue_.get(), nullptr, 0, events.data(), capacity, &timeout);
    EXPECT_GE(count, 0) << "errno " << errno;
    events.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    return events;
  }

  Descriptor queue_;
};

struct Pair {
  Descriptor first;   // a pipe's reading end
  Descriptor second;  // a pipe's writing end
};

inline void open_pipe(Pair& pair) {
  int ends[2];
  ASSERT_EQ(0, pipe(ends));
  pair.first.reset(ends[0]);
  pair.second.reset(ends[1]);
}

inline void open_socket_pair(Pair& pair, int type = SOCK_STREAM) {
  int ends[2];
  ASSERT_EQ(0, socketpair(AF_UNIX, type, 0, ends));
  pair.first.reset(ends[0]);
  pair.second.reset(ends[1]);
}

inline void write_text(int descriptor, const std::string& text) {
  ASSERT_EQ(static_cast<ssize_t>(text.size()), write(descriptor, text.data(), text.size()));
}

inline std::string read_text(int descriptor) {
  char buffer[4096];
  const ssize_t size = read(descriptor, buffer, sizeof(buffer));
  return std::string(buffer, size > 0 ? static_cast<std::size_t>(size) : 0);
}

inline void make_nonblocking(int descriptor) {
  ASSERT_EQ(0, fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK));
}

// Sends a signal to the thread that made it, over and over, so that it meets every state.
class SignalSender {
 public:
  explicit SignalSender(int signal_number)
      : target_(pthread_self()), thread_([this, signal_number] {
          while (!done_) {
            pthread_kill(target_, signal_number);
            const struct timespec pause = {0, 20000};
            nanosleep(&pause, nullptr);
          }
        }) {}
  ~SignalSender() { stop(); }
  void stop() {
    done_ = true;
    if (thread_.joinable()) thread_.join();
  }

 private:
  pthread_t target_;
  std::atomic<bool> done_{false};
  std::thread thread_;
};

// A temporary folder with what was put into it; both go with the object.
class Folder {
 public:
  Folder() {
    const char* base = std::getenv("TMPDIR");
    path_ = std::string(base != nullptr ? base : "/tmp") + "/check_kqueue.XXXXXX";
    EXPECT_NE(nullptr, mkdtemp(path_.data()));
  }
  ~Folder() {
    for (const std::string& name : names_) {
      if (unlink(name.c_str()) != 0) rmdir(name.c_str());
    }
    rmdir(path_.c_str());
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const std::string& path() const { return path_; }
  // A name in the folder, removed at the end if it is there then.
  std::string name(const std::string& name) {
    names_.push_back(path_ + "/" + name);
    return names_.back();
  }

 private:
  std::string path_;
  std::vector<std::string> names_;
};

}  // namespace check

// What the tests of watched files and directories share.
#pragma once

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include "fs_support.h"
#include "support.h"

namespace conformance {

struct Seen {
  std::string name;
  int events;

  bool operator==(const Seen& other) const { return name == other.name && events == other.events; }
};

inline std::ostream& operator<<(std::ostream& out, const Seen& seen) {
  return out << seen.name << ":" << seen.events;
}

struct Watcher {
  uv_fs_event_t handle = {};
  std::vector<Seen> seen;
  std::function<void(Watcher&)> then = [](Watcher&) {};
  int closed = 0;

  Watcher() = default;
  Watcher(const Watcher&) = delete;
  Watcher& operator=(const Watcher&) = delete;
  ~Watcher() {
    if (handle.loop == nullptr) return;
    if (!uv_is_closing(reinterpret_cast<uv_handle_t*>(&handle)) && closed == 0) close();
    while (closed == 0)
      uv_run(handle.loop, UV_RUN_NOWAIT);
  }

  static void on_event(uv_fs_event_t* handle, const char* name, int events, int status) {
    Watcher& self = *static_cast<Watcher*>(handle->data);
    EXPECT_EQ(0, status);
    self.seen.push_back({name == nullptr ? "(none)" : name, events});
    self.then(self);
  }
  static void on_close(uv_handle_t* handle) { ++static_cast<Watcher*>(handle->data)->closed; }

  int start(const std::string& path, unsigned flags = 0) {
    return uv_fs_event_start(&handle, on_event, path.c_str(), flags);
  }
  void close() { uv_close(reinterpret_cast<uv_handle_t*>(&handle), on_close); }
  bool has_seen(const std::string& name) const {
    return std::any_of(seen.begin(), seen.end(), [&](const Seen& one) { return one.name == name; });
  }
};

class FsEvent : public testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(0, uv_loop_init(&loop_)); }
  void TearDown() override {
    uv_run(&loop_, UV_RUN_DEFAULT);
    EXPECT_EQ(0, uv_loop_close(&loop_));
  }

  void init(Watcher& watcher) {
    ASSERT_EQ(0, uv_fs_event_init(&loop_, &watcher.handle));
    watcher.handle.data = &watcher;
  }
  // Notices are there as soon as the change is made; a few turns deliver them all.
  void deliver() {
    for (int turn = 0; turn < 4; ++turn)
      uv_run(&loop_, UV_RUN_NOWAIT);
  }
  static void write_file(const std::string& path, const char* text = "x") {
    int file = ::open(path.c_str(), O_CREAT | O_WRONLY, 0644);
    ASSERT_GE(file, 0);
    EXPECT_GT(::write(file, text, std::strlen(text)), 0);
    ::close(file);
  }
  static void make_directory(const std::string& path) { ASSERT_EQ(0, ::mkdir(path.c_str(), 0755)); }

  uv_loop_t loop_;
  TemporaryDirectory directory_;
};

// Whether the system tells of each step, as inotify(7) does. Others tell that a directory has
// changed, and what has changed between two looks at it is all that can be known: no file that came
// and went meanwhile, and nothing of what is written to the files in it.
inline bool tells_every_step() {
  static const bool answer = [] {
    TemporaryDirectory directory;
    uv_loop_t loop;
    EXPECT_EQ(0, uv_loop_init(&loop));
    bool is_told = false;
    {
      Watcher watcher;
      EXPECT_EQ(0, uv_fs_event_init(&loop, &watcher.handle));
      watcher.handle.data = &watcher;
      EXPECT_EQ(0, watcher.start(directory.path()));
      EXPECT_EQ(0, ::mkdir((directory / "a").c_str(), 0755));
      EXPECT_EQ(0, ::rmdir((directory / "a").c_str()));
      for (int turn = 0; turn < 4; ++turn)
        uv_run(&loop, UV_RUN_NOWAIT);
      is_told = watcher.has_seen("a");
    }
    EXPECT_EQ(0, uv_loop_close(&loop));
    return is_told;
  }();
  return answer;
}

}  // namespace conformance

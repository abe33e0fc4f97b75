// What the tests of watched files and directories share.
#pragma once

#include <algorithm>
#include <filesystem>
#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include "fs_support.h"
#include "support.h"

namespace conformance {

inline constexpr const char* kNoName = "(none)";

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
    if (!uv_is_closing(base()) && closed == 0) close();
    while (closed == 0)
      uv_run(handle.loop, UV_RUN_NOWAIT);
  }

  static void on_event(uv_fs_event_t* handle, const char* name, int events, int status) {
    Watcher& self = *static_cast<Watcher*>(handle->data);
    EXPECT_EQ(0, status);
    self.seen.push_back({name == nullptr ? kNoName : name, events});
    self.then(self);
  }
  static void on_close(uv_handle_t* handle) { ++static_cast<Watcher*>(handle->data)->closed; }

  uv_handle_t* base() { return reinterpret_cast<uv_handle_t*>(&handle); }
  int start(const std::string& path, unsigned flags = 0) {
    return uv_fs_event_start(&handle, on_event, path.c_str(), flags);
  }
  void close() { uv_close(base(), on_close); }
  bool has_seen(const std::string& name) const { return has_seen(name, 0); }
  // Whatever else came with it.
  bool has_seen(const std::string& name, int events) const {
    return std::any_of(seen.begin(), seen.end(), [&](const Seen& one) {
      return one.name == name && (one.events & events) == events;
    });
  }
};

class FsEvent : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(0, uv_loop_init(&loop_));
    ASSERT_EQ(0, uv_timer_init(&loop_, &limit_));
    limit_.data = this;
  }
  void TearDown() override {
    uv_close(reinterpret_cast<uv_handle_t*>(&limit_), nullptr);
    uv_run(&loop_, UV_RUN_DEFAULT);
    EXPECT_EQ(0, uv_loop_close(&loop_));
  }

  void init(Watcher& watcher) {
    ASSERT_EQ(0, uv_fs_event_init(&loop_, &watcher.handle));
    watcher.handle.data = &watcher;
  }
  // Notices of POSIX systems are there as soon as the change is made; a few turns deliver them all.
  void deliver() {
    for (int turn = 0; turn < 4; ++turn)
      uv_run(&loop_, UV_RUN_NOWAIT);
  }
  // Those of Windows come when they come: runs the loop until it holds, for ten seconds at most.
  bool await(const std::function<bool()>& holds) {
    is_late_ = false;
    uv_timer_start(
        &limit_, [](uv_timer_t* timer) { static_cast<FsEvent*>(timer->data)->is_late_ = true; },
        10000, 0);
    while (!holds() && !is_late_)
      uv_run(&loop_, UV_RUN_ONCE);
    uv_timer_stop(&limit_);
    return holds();
  }
  // Writes over the beginning of what was there.
  static void write_file(const std::string& path, const char* text = "x") {
    const uv_file file = open_at_once(path, UV_FS_O_CREAT | UV_FS_O_WRONLY);
    ASSERT_GE(file, 0);
    EXPECT_GT(write_at_once(file, text), 0);
    EXPECT_EQ(0, close_at_once(file));
  }
  static void make_directory(const std::string& path) {
    FsCall call;
    ASSERT_EQ(0, uv_fs_mkdir(nullptr, &call.request, path.c_str(), 0755, nullptr));
  }

  uv_loop_t loop_;
  uv_timer_t limit_;
  bool is_late_ = false;
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
      EXPECT_TRUE(std::filesystem::create_directory(directory / "a"));
      EXPECT_TRUE(std::filesystem::remove(directory / "a"));
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

// Files that are watched: a folder with all below it, by notices; one file, by looking at it.
#include <filesystem>
#include <fstream>

#include "life.h"

namespace faults {
namespace {

namespace fs = std::filesystem;

class WatchLife : public Life {
 protected:
  int begin() override {
    folder_ = scratch_folder() + "/tree";
    std::error_code ignored;
    fs::create_directories(folder_ + "/a/b/c", ignored);
    fs::create_directories(folder_ + "/d", ignored);
    if (int error = uv_fs_event_init(&loop, own(&event_))) return error;
    if (int error = uv_fs_event_start(&event_, on_event, folder_.c_str(), UV_FS_EVENT_RECURSIVE))
      return error;
    if (int error = uv_timer_init(&loop, own(&timer_))) return error;
    // What is not reported by then was lost with a part of the tree, which is told.
    return uv_timer_start(
        &timer_, [](uv_timer_t* timer) { life_of<WatchLife>(timer).change(); }, 0, 1);
  }

  bool is_complete() const override { return seen_; }

  void clean_up() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

 private:
  // Not on Linux before 1.45: only the folder itself is watched there.
  static bool is_recursive() { return uv_version() >= 0x012d00; }

  // Folders in a folder that appeared after the start, and a file in the last of them.
  void change() {
    std::error_code ignored;
    const std::string newer = folder_ + "/a/b/new";
    if (turn_ == 0) fs::create_directories(newer + "/deep", ignored);
    if (turn_ >= 1) std::ofstream(folder_ + "/top" + std::to_string(turn_)) << "x";
    if (turn_ >= 1) std::ofstream(newer + "/deep/file" + std::to_string(turn_)) << "x";
    ++turn_;
  }

  static void on_event(uv_fs_event_t* event, const char* name, int, int status) {
    WatchLife& life = life_of<WatchLife>(event);
    if (life.failed(status)) return;
    const char* const expected = is_recursive() ? "deep/file" : "top";
    if (name == nullptr || std::string(name).find(expected) == std::string::npos) return;
    life.seen_ = true;
    life.give_up();
  }

  std::string folder_;
  uv_fs_event_t event_;
  uv_timer_t timer_;
  int turn_ = 0;
  bool seen_ = false;
};

class FsPollLife : public Life {
 protected:
  int begin() override {
    file_ = scratch_folder() + "/polled";
    std::ofstream(file_) << "x";
    if (int error = uv_fs_poll_init(&loop, own(&poll_))) return error;
    if (int error = uv_fs_poll_start(&poll_, on_change, file_.c_str(), 1)) return error;
    return change();
  }

  bool is_complete() const override { return seen_; }

  void clean_up() override {
    std::error_code ignored;
    fs::remove(file_, ignored);
  }

 private:
  // The size grows until a change is seen. By the pool: a timer would keep room for the handle's.
  int change() {
    work_.data = this;
    return owing(&work_, "work", [&] {
      return uv_queue_work(
          &loop, &work_,
          [](uv_work_t* work) {
            std::ofstream(life_of<FsPollLife>(work).file_, std::ios::app) << "more";
          },
          [](uv_work_t* work, int status) { life_of<FsPollLife>(work).changed(status); });
    });
  }

  void changed(int status) {
    ledger.pay(&work_, "work");
    if (!failed(status) && !gave_up()) failed(change());
  }

  static void on_change(uv_fs_poll_t* poll, int status, const uv_stat_t*, const uv_stat_t*) {
    FsPollLife& life = life_of<FsPollLife>(poll);
    if (life.failed(status)) return;
    life.seen_ = true;
    life.give_up();
  }

  std::string file_;
  uv_fs_poll_t poll_;
  uv_work_t work_;
  bool seen_ = false;
};

const Registered<WatchLife> watch("watch");
const Registered<FsPollLife> polled("fs-poll");

}  // namespace
}  // namespace faults

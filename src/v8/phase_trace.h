// `--trace-phases`: a view of the loop at work, on standard error. A line for each phase that is
// entered, and under it the callbacks, ticks and microtasks that run there.
//
// It sees what a client of uv.h can see: a prepare handle runs right before the loop polls.
#pragma once

#include <uv.h>

#include <string>

namespace violet::js {

class PhaseTrace {
 public:
  enum class Phase { kProgram, kTimers, kPoll, kCheck, kClosing, kEnd };

  bool is_on() const { return is_on_; }
  // On the loop's thread.
  void start(uv_loop_t* loop);

  void enter(Phase phase);
  // Something that runs in the present phase.
  void note(const std::string& what);
  // The microtasks have been drained, behind what was noted before.
  void note_drained();

 private:
  static void on_prepare(uv_prepare_t* prepare);
  void print(const char* colour, const std::string& line) const;

  bool is_on_ = false;
  bool has_colour_ = false;
  Phase phase_ = Phase::kEnd;
  bool has_noted_ = false;  // since microtasks were drained
  std::uint64_t iteration_ = 0;
  uv_prepare_t prepare_;
};

}  // namespace violet::js

#include "v8/phase_trace.h"

#include <cstdio>

namespace violet::js {
namespace {

struct Looks {
  const char* name;
  const char* colour;
};

// In the order of PhaseTrace::Phase.
constexpr Looks kPhases[] = {
    {"main program", "\x1b[1;37m"}, {"timers", "\x1b[1;33m"},  {"poll", "\x1b[1;32m"},
    {"check", "\x1b[1;36m"},        {"closing", "\x1b[1;35m"}, {"end of the program", "\x1b[1;37m"},
};

}  // namespace

void PhaseTrace::start(uv_loop_t* loop) {
  is_on_ = true;
  has_colour_ = uv_guess_handle(2) == UV_TTY;
  prepare_.data = this;
  uv_prepare_init(loop, &prepare_);
  uv_prepare_start(&prepare_, on_prepare);
  uv_unref(reinterpret_cast<uv_handle_t*>(&prepare_));
}

void PhaseTrace::print(const char* colour, const std::string& line) const {
  if (has_colour_) {
    std::fprintf(stderr, "%s%s\x1b[0m\n", colour, line.c_str());
  } else {
    std::fprintf(stderr, "%s\n", line.c_str());
  }
}

void PhaseTrace::enter(Phase phase) {
  if (!is_on_ || (phase == phase_ && phase != Phase::kPoll)) return;
  phase_ = phase;
  const Looks& looks = kPhases[static_cast<int>(phase)];
  print(looks.colour, std::string("== ") + looks.name);
}

void PhaseTrace::note(const std::string& what) {
  if (!is_on_) return;
  has_noted_ = true;
  print("", "     " + what);
}

void PhaseTrace::note_drained() {
  if (has_noted_) print("\x1b[2m", "       microtasks");
  has_noted_ = false;
}

// Each iteration polls once.
void PhaseTrace::on_prepare(uv_prepare_t* prepare) {
  PhaseTrace& self = *static_cast<PhaseTrace*>(prepare->data);
  self.phase_ = Phase::kPoll;
  const int timeout = uv_backend_timeout(prepare->loop);
  const std::string wait = timeout < 0    ? "waits for events"
                           : timeout == 0 ? "looks for events and does not wait"
                                          : "waits at most " + std::to_string(timeout) + " ms";
  self.print(kPhases[static_cast<int>(Phase::kPoll)].colour,
             "== poll (iteration " + std::to_string(++self.iteration_) + "): " + wait);
}

}  // namespace violet::js

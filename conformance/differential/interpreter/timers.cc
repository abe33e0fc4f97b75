// Timers, and the handles of the loop's phases.
#include <algorithm>
#include <type_traits>

#include "clock.h"
#include "machine.h"

namespace differential {
namespace {

struct Timer : Handle {
  using Handle::Handle;
  void closing() override { active = false; }
  bool keeps_from_waiting() const override {
    return Handle::keeps_from_waiting() || (active && due() <= virtual_ms());
  }
  std::uint64_t due() const { return timeout < kNever - started ? started + timeout : kNever; }

  std::uint64_t started = 0;  // The loop's time then.
  std::uint64_t timeout = 0;
  bool active = false;
};

void fired(uv_timer_t* uv_timer) {
  Timer& timer = object_of<Timer>(uv_timer);
  std::uint64_t now = uv_now(uv_timer->loop);
  bool early = now < timer.due();
  timer.started = now;
  timer.timeout = uv_timer_get_repeat(uv_timer);
  timer.active = timer.timeout != 0;
  phase_callback(timer, "timer", early);
}

void timer(Machine& machine, const Op& op) {
  Timer* timer = machine.obtain_unused<Timer>(op.word(0));
  if (timer == nullptr) return trace_skip(op);
  initialized(*timer, op, uv_timer_init(&machine.loop, &timer->memory.timer));
}

void timer_start(Machine& machine, const Op& op) {
  Timer* timer = machine.find<Timer>(op.word(0));
  if (timer == nullptr || timer->state == HandleState::kNew || timer->state == HandleState::kClosed)
    return trace_skip(op);
  timer->started = uv_now(&machine.loop);
  timer->timeout = static_cast<std::uint64_t>(op.number(1));
  std::uint64_t repeat = static_cast<std::uint64_t>(op.number(2));
  int result = machine.call("uv_timer_start", [&] {
    return uv_timer_start(&timer->memory.timer, fired, timer->timeout, repeat);
  });
  if (result == 0) timer->active = true;
  trace_result(op, result);
}

void timer_again(Machine& machine, const Op& op) {
  Timer* timer = machine.find_open<Timer>(op.word(0));
  if (timer == nullptr) return trace_skip(op);
  std::uint64_t repeat = uv_timer_get_repeat(&timer->memory.timer);
  int result = machine.call("uv_timer_again", [&] { return uv_timer_again(&timer->memory.timer); });
  if (result == 0 && repeat != 0) {
    timer->started = uv_now(&machine.loop);
    timer->timeout = repeat;
    timer->active = true;
  }
  trace_result(op, result);
}

void timer_repeat(Machine& machine, const Op& op) {
  Timer* timer = machine.find_open<Timer>(op.word(0));
  if (timer == nullptr) return trace_skip(op);
  uv_timer_set_repeat(&timer->memory.timer, static_cast<std::uint64_t>(op.number(1)));
  trace_result(op, static_cast<long long>(uv_timer_get_repeat(&timer->memory.timer)));
}

void timer_stop(Machine& machine, const Op& op) {
  Timer* timer = machine.find_open<Timer>(op.word(0));
  if (timer == nullptr) return trace_skip(op);
  timer->active = false;
  trace_result(op, uv_timer_stop(&timer->memory.timer));
}

// Each of the three phases, by the same three operations.
template <class Uv>
struct Phase;

template <>
struct Phase<uv_idle_t> {
  static constexpr const char* kName = "idle";
  static constexpr auto kInit = uv_idle_init;
  static constexpr auto kStart = uv_idle_start;
  static constexpr auto kStop = uv_idle_stop;
  static uv_idle_t* handle(Handle& handle) { return &handle.memory.idle; }
};

template <>
struct Phase<uv_prepare_t> {
  static constexpr const char* kName = "prepare";
  static constexpr auto kInit = uv_prepare_init;
  static constexpr auto kStart = uv_prepare_start;
  static constexpr auto kStop = uv_prepare_stop;
  static uv_prepare_t* handle(Handle& handle) { return &handle.memory.prepare; }
};

template <>
struct Phase<uv_check_t> {
  static constexpr const char* kName = "check";
  static constexpr auto kInit = uv_check_init;
  static constexpr auto kStart = uv_check_start;
  static constexpr auto kStop = uv_check_stop;
  static uv_check_t* handle(Handle& handle) { return &handle.memory.check; }
};

template <class Uv>
struct PhaseHandle : Handle {
  using Handle::Handle;
  bool keeps_from_waiting() const override {
    bool idles = std::is_same_v<Uv, uv_idle_t> && is_open() && uv_is_active(&memory.handle);
    return Handle::keeps_from_waiting() || idles;
  }
};

template <class Uv>
void phase_ran(Uv* uv_handle) {
  phase_callback(object_of<Handle>(uv_handle), Phase<Uv>::kName);
}

// What the word "other" at a start asks for.
template <class Uv>
void other_phase_ran(Uv* uv_handle) {
  static const std::string name = std::string(Phase<Uv>::kName) + "2";
  phase_callback(object_of<Handle>(uv_handle), name.c_str());
}

template <class Uv>
void phase_init(Machine& machine, const Op& op) {
  auto* handle = machine.obtain_unused<PhaseHandle<Uv>>(op.word(0));
  if (handle == nullptr) return trace_skip(op);
  initialized(*handle, op, Phase<Uv>::kInit(&machine.loop, Phase<Uv>::handle(*handle)));
}

template <class Uv>
void phase_start(Machine& machine, const Op& op) {
  auto* handle = machine.find_open<PhaseHandle<Uv>>(op.word(0));
  if (handle == nullptr) return trace_skip(op);
  trace_result(op, machine.call("start", [&] {
    auto ran = op.word(1) == "other" ? other_phase_ran<Uv> : phase_ran<Uv>;
    return Phase<Uv>::kStart(Phase<Uv>::handle(*handle), ran);
  }));
}

template <class Uv>
void phase_stop(Machine& machine, const Op& op) {
  auto* handle = machine.find_open<PhaseHandle<Uv>>(op.word(0));
  if (handle == nullptr) return trace_skip(op);
  trace_result(op, Phase<Uv>::kStop(Phase<Uv>::handle(*handle)));
}

template <class Uv>
void add_phase(Operations& operations) {
  const std::string name = Phase<Uv>::kName;
  operations[name] = phase_init<Uv>;
  operations[name + "_start"] = phase_start<Uv>;
  operations[name + "_stop"] = phase_stop<Uv>;
}

}  // namespace

std::uint64_t next_due(const Machine& machine) {
  std::uint64_t next = machine.guard_due;
  for (const auto& [name, object] : machine.objects) {
    const auto* timer = dynamic_cast<const Timer*>(object.get());
    if (timer != nullptr && timer->active) next = std::min(next, timer->due());
  }
  return next == kNever ? kNever : std::max(next, virtual_ms());
}

void add_timer_operations(Operations& operations) {
  operations["timer"] = timer;
  operations["timer_start"] = timer_start;
  operations["timer_again"] = timer_again;
  operations["timer_repeat"] = timer_repeat;
  operations["timer_stop"] = timer_stop;
}

void add_phase_operations(Operations& operations) {
  add_phase<uv_idle_t>(operations);
  add_phase<uv_prepare_t>(operations);
  add_phase<uv_check_t>(operations);
}

}  // namespace differential

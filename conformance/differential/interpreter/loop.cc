// Running the loop, and the whole life of a program.
#include <dirent.h>

#include <cstdlib>
#include <cstring>

#include "clock.h"
#include "machine.h"

namespace differential {
namespace {

// A run that nothing ends: the program waits for what never comes, and the guard lets it go on.
constexpr std::uint64_t kBlockedMs = 60;
// Of virtual time.
constexpr std::uint64_t kBlockedVirtualMs = 25;
// A callback that is sure to come did not come.
constexpr std::uint64_t kStuckMs = 3000;

const char* name_of(uv_run_mode mode) {
  if (mode == UV_RUN_DEFAULT) return "default";
  return mode == UV_RUN_ONCE ? "once" : "nowait";
}

void guard_fired(uv_timer_t* timer) {
  Machine& machine = object_of<Handle>(timer).machine;
  machine.guarded = true;
  stop_loop(machine);
}

int run(Machine& machine, uv_run_mode mode, std::uint64_t limit_ms) {
  machine.guarded = false;
  uv_timer_t* guard = &machine.guard->memory.timer;
  if (mode != UV_RUN_NOWAIT) {
    // The guard may not be due before its time, so it counts from now.
    uv_update_time(&machine.loop);
    uv_timer_start(guard, guard_fired, limit_ms, 0);
    machine.guard_due = uv_now(&machine.loop) + limit_ms;
  }
  machine.mode = mode;
  int result = uv_run(&machine.loop, mode);
  machine.stopped = false;
  uv_timer_stop(guard);
  machine.guard_due = kNever;
  return result;
}

void run_loop(Machine& machine, const Op& op) {
  if (machine.running) return trace_skip(op);
  uv_run_mode mode = op.word(0) == "default" ? UV_RUN_DEFAULT
                     : op.word(0) == "once"  ? UV_RUN_ONCE
                                             : UV_RUN_NOWAIT;
  Event("run").add("i", op.line).add("mode", name_of(mode));
  machine.running = true;
  int result = run(machine, mode, time_is_virtual() ? kBlockedVirtualMs : kBlockedMs);
  machine.running = false;
  Event("ran")
      .add("r", result)
      .add("alive", uv_loop_alive(&machine.loop))
      .add("guard", machine.guarded);
}

std::string awaited(const Machine& machine) {
  std::string names;
  for (const auto& [name, object] : machine.objects) {
    if (object->awaits()) names += (names.empty() ? "" : " ") + name;
  }
  return names;
}

// Runs the loop until all callbacks that are sure to come have come.
void settle(Machine& machine, const Op& op) {
  if (machine.running) return trace_skip(op);
  release_held_work(machine);
  Event("run").add("i", op.line).add("mode", "settle");
  machine.running = true;
  machine.guarded = false;
  while (!machine.guarded && !machine.blown && !awaited(machine).empty())
    run(machine, UV_RUN_ONCE, kStuckMs);
  machine.running = false;
  std::string missing = machine.blown ? "" : awaited(machine);
  if (!missing.empty()) Event("stuck").add("awaited", missing);
  Event("ran").add("r", 0).add("guard", machine.guarded);
}

void stop(Machine& machine, const Op& op) {
  stop_loop(machine);
  trace_result(op, 0);
}

void update_time(Machine& machine, const Op& op) {
  uv_update_time(&machine.loop);
  trace_result(op, 0);
}

void alive(Machine& machine, const Op& op) {
  trace_result(op, uv_loop_alive(&machine.loop));
}

// Time goes by, and the loop does not look at the clock.
void busy(Machine&, const Op& op) {
  if (time_is_virtual())
    pass_time(static_cast<std::uint64_t>(op.number(0)));
  else
    uv_sleep(static_cast<unsigned>(op.number(0)));
  trace_result(op, 0);
}

// Lets time go by without the loop.
void sleep(Machine& machine, const Op& op) {
  uv_sleep(static_cast<unsigned>(op.number(0)));
  uv_update_time(&machine.loop);
  trace_result(op, 0);
}

// For the tests of the harness: programs that end as none should.
void misbehave(Machine&, const Op& op) {
  if (op.name == "crash") std::abort();
  if (op.name == "exit") std::_Exit(3);
  for (;;)
    uv_sleep(1000);
}

#if defined(_WIN32)
// The soaks look at handles: the number of a process's changes with its threads.
int open_descriptors() {
  return -1;
}
#else
int open_descriptors() {
  DIR* folder = opendir("/proc/self/fd");
  if (folder == nullptr) return -1;
  int count = 0;
  while (readdir(folder) != nullptr)
    ++count;
  closedir(folder);
  return count;
}
#endif

void close_all(uv_handle_t* uv_handle, void*) {
  Handle& handle = object_of<Handle>(uv_handle);
  if (handle.is_open()) close_handle(handle);
}

std::string pending_requests(const Machine& machine) {
  std::string names;
  for (const auto& [name, object] : machine.objects) {
    auto* request = dynamic_cast<Request*>(object.get());
    if (request != nullptr && request->pending) names += (names.empty() ? "" : " ") + name;
  }
  return names;
}

void end_program(Machine& machine) {
  machine.ending = true;
  Event("ending");
  release_held_work(machine);
  uv_walk(&machine.loop, close_all, nullptr);
  // A stop that came when nothing ran ends the first of these at once.
  int left = 1;
  for (int turn = 0; turn < 4 && left != 0; ++turn)
    left = uv_run(&machine.loop, UV_RUN_DEFAULT);
  close_files(machine);
  close_polled(machine);
  int result = uv_loop_close(&machine.loop);
  Event("closed").add("left", left).add("r", result).add("pending", pending_requests(machine));
}

// By the rules, whatever the library says.
bool is_to_wait(const Machine& machine) {
  if (machine.mode == UV_RUN_NOWAIT || machine.stopped || !uv_loop_alive(&machine.loop))
    return false;
  for (const auto& [name, object] : machine.objects) {
    const auto* handle = dynamic_cast<const Handle*>(object.get());
    if (handle != nullptr && handle->keeps_from_waiting()) return false;
  }
  return true;
}

void has_polled(uv_check_t*) {
  Event("polled");
}

// The last prepare callback of each iteration: it was started first. The check handle is started
// last, so that it runs first.
void about_to_poll(uv_prepare_t* prepare) {
  Machine& machine = object_of<Handle>(prepare).machine;
  if (Handle* check = machine.find_open<Handle>("polled"); check != nullptr) {
    uv_check_stop(&check->memory.check);
    uv_check_start(&check->memory.check, has_polled);
  }
  if (time_is_virtual()) before_poll(next_due(machine), is_to_wait(machine));
  poll_begins(machine);
  Event("poll");
}

template <class Init>
Handle* make_internal(Machine& machine, const char* name, Init init) {
  Handle* handle = machine.obtain<Handle>(name);
  handle->internal = true;
  if (init(*handle) != 0) return nullptr;
  handle->memory.handle.data = static_cast<Object*>(handle);
  handle->state = HandleState::kOpen;
  uv_unref(&handle->memory.handle);
  return handle;
}

bool make_guard(Machine& machine) {
  machine.guard = make_internal(machine, "guard", [&](Handle& handle) {
    return uv_timer_init(&machine.loop, &handle.memory.timer);
  });
  return machine.guard != nullptr;
}

// The trace tells where each poll phase begins and ends.
bool make_pulse(Machine& machine) {
  Handle* begin = make_internal(machine, "pulse", [&](Handle& handle) {
    return uv_prepare_init(&machine.loop, &handle.memory.prepare);
  });
  Handle* end = make_internal(machine, "polled", [&](Handle& handle) {
    return uv_check_init(&machine.loop, &handle.memory.check);
  });
  return begin != nullptr && end != nullptr &&
         uv_prepare_start(&begin->memory.prepare, about_to_poll) == 0;
}

// A library may keep descriptors for the whole process from its first loop on.
int open_once() {
  uv_loop_t loop;
  int result = uv_loop_init(&loop);
  return result == 0 ? uv_loop_close(&loop) : result;
}

}  // namespace

void add_loop_operations(Operations& operations) {
  operations["run"] = run_loop;
  operations["settle"] = settle;
  operations["stop"] = stop;
  operations["update_time"] = update_time;
  operations["alive"] = alive;
  operations["busy"] = busy;
  operations["sleep"] = sleep;
  operations["crash"] = operations["exit"] = operations["hang"] = misbehave;
}

int run_program(const Program& program, const std::string& folder) {
  uv_os_setenv("UV_THREADPOOL_SIZE", std::to_string(program.pool_size).c_str());
  if (program.virtual_time) begin_virtual_time();
  Machine machine(program);
  machine.folder = folder;
  add_timer_operations(machine.operations);
  add_phase_operations(machine.operations);
  add_thread_operations(machine.operations);
  add_stream_operations(machine.operations);
  add_connect_operations(machine.operations);
  add_udp_operations(machine.operations);
  add_event_operations(machine.operations);
  add_file_operations(machine.operations);
  add_handle_operations(machine.operations);
  add_loop_operations(machine.operations);
  if (int result = open_once(); result != 0) {
    Event("refused").add("r", result);
    return 0;
  }
  int before = open_descriptors();
  if (uv_loop_init(&machine.loop) != 0 || !make_guard(machine) || !make_pulse(machine)) return 2;
  machine.perform(program.top);
  end_program(machine);
  Event("end").add("descriptors", open_descriptors() - before);
  return 0;
}

}  // namespace differential

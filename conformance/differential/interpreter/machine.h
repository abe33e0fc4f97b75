// The machine that performs one program on one loop.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "program.h"
#include "trace.h"
#include "uv.h"

namespace differential {

struct Machine;

// Something that has a name and callbacks.
struct Object {
  Object(Machine& owner, std::string its_name) : machine(owner), name(std::move(its_name)) {}
  virtual ~Object() = default;
  // Whether a callback is sure to come if the loop goes on.
  virtual bool awaits() const { return false; }

  Machine& machine;
  std::string name;
  int callbacks = 0;
};

enum class HandleState { kNew, kOpen, kClosing, kClosed };

struct Handle : Object {
  using Object::Object;
  bool is_open() const { return state == HandleState::kOpen; }
  bool awaits() const override { return state == HandleState::kClosing; }
  // The handle gave up what it had started: called when it is closed.
  virtual void closing() {}
  // Whether the loop must not wait for events, for its sake.
  virtual bool keeps_from_waiting() const { return state == HandleState::kClosing; }

  HandleState state = HandleState::kNew;
  bool internal = false;  // The harness' own: neither walked nor traced.
  uv_any_handle memory;
};

struct Request : Object {
  using Object::Object;
  bool awaits() const override { return pending; }

  bool pending = false;
  uv_any_req memory;
};

constexpr std::uint64_t kNever = UINT64_MAX;

using Operation = void (*)(Machine&, const Op&);
using Operations = std::map<std::string, Operation>;

struct Machine {
  explicit Machine(const Program& program_to_run) : program(program_to_run) {}

  const Program& program;
  Operations operations;
  std::string folder;  // For files and named pipes of this program.
  uv_loop_t loop;
  std::map<std::string, std::unique_ptr<Object>> objects;
  Handle* guard = nullptr;
  std::uint64_t guard_due = kNever;
  uv_run_mode mode = UV_RUN_DEFAULT;  // Of the run that is under way.
  const char* inside = nullptr;       // The uv_ function that is being called, uv_run() left out.
  int phase_callbacks = 0;
  bool blown = false;   // The fuse: too many callbacks, scripts are performed no more.
  bool ending = false;  // The program is over, all is being closed.
  bool running = false;
  bool stopped = false;  // Since the run began, or before it.
  bool guarded = false;  // The guard ended a run that would have blocked for long.
  int held_work = 0;

  template <class T>
  T* find(const std::string& name) {
    auto place = objects.find(name);
    return place == objects.end() ? nullptr : dynamic_cast<T*>(place->second.get());
  }
  // The object of that name, made if there is none; nullptr if the name is of another type's.
  template <class T>
  T* obtain(const std::string& name) {
    std::unique_ptr<Object>& place = objects[name];
    if (place == nullptr) place = std::make_unique<T>(*this, name);
    return dynamic_cast<T*>(place.get());
  }
  // The handle of that name if it can be initialized: new, or closed and free for another life.
  template <class T>
  T* obtain_unused(const std::string& name) {
    T* handle = obtain<T>(name);
    if (handle == nullptr || handle->is_open() || handle->state == HandleState::kClosing)
      return nullptr;
    return handle;
  }
  template <class T>
  T* find_open(const std::string& name) {
    T* handle = find<T>(name);
    return handle != nullptr && handle->is_open() ? handle : nullptr;
  }
  // A request that is free to be used: a name serves once.
  template <class T>
  T* new_request(const std::string& name) {
    if (objects.count(name) != 0 || name.empty()) return nullptr;
    return obtain<T>(name);
  }

  // Calls a function of uv.h such that a callback inside of it is noticed.
  template <class Function>
  auto call(const char* function, Function body) {
    const char* outer = inside;
    inside = function;
    auto result = body();
    inside = outer;
    return result;
  }

  void perform(const Script& script);
};

// Marks a handle as initialized; `memory` begins to point back at the object.
void initialized(Handle& handle, const Op& op, int result);

void trace_result(const Op& op, long long result);
void trace_skip(const Op& op);

// Notes that a callback of `object` began, then performs what the program wants from it.
void callback(Object& object, const char* kind);
void callback(Object& object, const char* kind, long long status);
// A request's callback: ends the request and makes its memory unusable.
void request_callback(Request& request, const char* kind, long long status);
// A callback of a loop phase or timer; counts for the fuse.
void phase_callback(Handle& handle, const char* kind, bool early = false);
// Another callback that comes again and again, with a status.
void counted_callback(Handle& handle, const char* kind, long long status);
// Says that a callback came from within a call, unless it is a place where it may.
void check_not_inside(const Object& object, const char* kind);

void close_handle(Handle& handle);
void stop_loop(Machine& machine);

// When the next timer is due; now, if one is due already: libuv would wait for what callbacks took,
// we would not (TIMER-25).
std::uint64_t next_due(const Machine& machine);

template <class T, class Member>
T& object_of(Member* handle_or_request) {
  return *static_cast<T*>(static_cast<Object*>(handle_or_request->data));
}

void add_timer_operations(Operations& operations);
void add_phase_operations(Operations& operations);
void add_thread_operations(Operations& operations);
void add_stream_operations(Operations& operations);
void add_connect_operations(Operations& operations);
void add_udp_operations(Operations& operations);
void add_event_operations(Operations& operations);
void add_file_operations(Operations& operations);
void add_handle_operations(Operations& operations);
void add_loop_operations(Operations& operations);

// What streams carry; made before the processes of the programs, which share it.
void make_pattern();
void release_held_work(Machine& machine);
void close_files(Machine& machine);
void close_polled(Machine& machine);
// In virtual time: what was raised is found by the poll that begins.
void poll_begins(Machine& machine);

// Runs the whole program: loop from beginning to end. Returns what the process should exit with.
int run_program(const Program& program, const std::string& folder);

}  // namespace differential

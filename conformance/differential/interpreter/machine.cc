#include "machine.h"

#include <cstring>

namespace differential {
namespace {

// A program whose idle handle nobody stops would run for ever.
constexpr int kMaxPhaseCallbacks = 300;
constexpr int kUnusable = 0xdd;

void closed(uv_handle_t* uv_handle) {
  Handle& handle = object_of<Handle>(uv_handle);
  handle.state = HandleState::kClosed;
  std::memset(&handle.memory, kUnusable, sizeof(handle.memory));
  if (handle.internal) return;
  Machine& machine = handle.machine;
  check_not_inside(handle, "close");
  Event("cb").add("o", handle.name).add("k", "close");
  auto script = machine.program.on_close.find(handle.name);
  if (script != machine.program.on_close.end()) machine.perform(script->second);
}

void perform_for(Object& object) {
  const auto& scripts = object.machine.program.on_callback;
  for (int turn : {object.callbacks, 0}) {
    auto script = scripts.find({object.name, turn});
    if (script != scripts.end()) object.machine.perform(script->second);
  }
}

void close(Machine& machine, const Op& op) {
  Handle* handle = machine.find_open<Handle>(op.word(0));
  if (handle == nullptr) return trace_skip(op);
  trace_result(op, 0);
  close_handle(*handle);
}

void reference(Machine& machine, const Op& op) {
  Handle* handle = machine.find_open<Handle>(op.word(0));
  if (handle == nullptr) return trace_skip(op);
  if (op.name == "ref") uv_ref(&handle->memory.handle);
  if (op.name == "unref") uv_unref(&handle->memory.handle);
  trace_result(op, uv_has_ref(&handle->memory.handle));
}

void state(Machine& machine, const Op& op) {
  Handle* handle = machine.find<Handle>(op.word(0));
  if (handle == nullptr || (!handle->is_open() && handle->state != HandleState::kClosing))
    return trace_skip(op);
  const uv_handle_t* uv_handle = &handle->memory.handle;
  trace_result(op, (uv_is_active(uv_handle) ? 1 : 0) | (uv_is_closing(uv_handle) ? 2 : 0) |
                       (uv_has_ref(uv_handle) ? 4 : 0));
}

struct Walk {
  Machine& machine;
  std::string only;  // Closes the handles whose name begins with this; "": closes none.
  bool close_all;
};

void visit(uv_handle_t* uv_handle, void* argument) {
  Walk& walk = *static_cast<Walk*>(argument);
  Handle& handle = object_of<Handle>(uv_handle);
  if (handle.internal) return;
  Event("walk").add("o", handle.name).add("closing", uv_is_closing(uv_handle));
  if (!handle.is_open()) return;
  bool matches = !walk.only.empty() && handle.name.rfind(walk.only, 0) == 0;
  if (walk.close_all || matches) close_handle(handle);
}

void walk(Machine& machine, const Op& op) {
  Walk walk{machine, op.word(0) == "*" ? "" : op.word(0), op.word(0) == "*"};
  trace_result(op, 0);
  uv_walk(&machine.loop, visit, &walk);
}

bool fuse_holds(Machine& machine) {
  if (machine.blown || ++machine.phase_callbacks > kMaxPhaseCallbacks) {
    if (!machine.blown) Event("blown");
    machine.blown = true;
    stop_loop(machine);
  }
  return !machine.blown;
}

}  // namespace

void Machine::perform(const Script& script) {
  const char* outer = inside;
  inside = nullptr;
  for (const Op& op : script) {
    if (blown || ending) break;
    auto operation = operations.find(op.name);
    if (operation != operations.end())
      operation->second(*this, op);
    else
      trace_skip(op);
  }
  inside = outer;
}

void initialized(Handle& handle, const Op& op, int result) {
  handle.memory.handle.data = static_cast<Object*>(&handle);
  if (result == 0) handle.state = HandleState::kOpen;
  trace_result(op, result);
}

void trace_result(const Op& op, long long result) {
  Event("op").add("i", op.line).add("op", op.name).add("o", op.word(0)).add("r", result);
}

void trace_skip(const Op& op) {
  Event("op").add("i", op.line).add("r", "skip");
}

void check_not_inside(const Object& object, const char* kind) {
  const char* inside = object.machine.inside;
  if (inside != nullptr) Event("inline").add("o", object.name).add("k", kind).add("inside", inside);
}

void callback(Object& object, const char* kind) {
  check_not_inside(object, kind);
  Event("cb").add("o", object.name).add("k", kind).add("n", ++object.callbacks);
  perform_for(object);
}

void callback(Object& object, const char* kind, long long status) {
  check_not_inside(object, kind);
  ++object.callbacks;
  Event("cb").add("o", object.name).add("k", kind).add("n", object.callbacks).add("s", status);
  perform_for(object);
}

void request_callback(Request& request, const char* kind, long long status) {
  request.pending = false;
  std::memset(&request.memory, kUnusable, sizeof(request.memory));
  callback(request, kind, status);
}

void phase_callback(Handle& handle, const char* kind, bool early) {
  if (early) Event("early").add("o", handle.name);
  if (fuse_holds(handle.machine)) callback(handle, kind);
}

void counted_callback(Handle& handle, const char* kind, long long status) {
  if (fuse_holds(handle.machine)) callback(handle, kind, status);
}

void stop_loop(Machine& machine) {
  machine.stopped = true;
  uv_stop(&machine.loop);
}

void close_handle(Handle& handle) {
  handle.state = HandleState::kClosing;
  handle.closing();
  const char* outer = handle.machine.inside;
  handle.machine.inside = "uv_close";
  uv_close(&handle.memory.handle, closed);
  handle.machine.inside = outer;
}

void add_handle_operations(Operations& operations) {
  operations["close"] = close;
  operations["ref"] = reference;
  operations["unref"] = reference;
  operations["has_ref"] = reference;
  operations["state"] = state;
  operations["walk"] = walk;
}

}  // namespace differential

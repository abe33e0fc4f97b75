#include "core/call_state.h"

#ifndef NDEBUG

#include <cassert>

#include "core/call.h"
#include "core/loop.h"

namespace violet {
namespace {

// Its address names the thread.
thread_local std::uint32_t runs = 0;
thread_local bool works = false;

// Whether the program may be called from there.
bool opens_the_door(Inside inside, CallbackKind kind) {
  if (kind != CallbackKind::kWalk) return inside == Inside::kDispatch;
  return inside != Inside::kEngine && inside != Inside::kOutput;
}

Loop& checked(CallbackKind kind, const uv_loop_t* public_loop, const void* handle) {
  Loop& loop = loop_of(public_loop);
  const CallState& state = loop.calls;
  assert(state.inside != Inside::kEngine && "an engine runs no callback");
  assert(state.inside != Inside::kOutput && "offering output runs no callback");
  assert(opens_the_door(state.inside, kind) && "a callback inside the call that started it");
  assert((kind == CallbackKind::kWalk || state.thread == calling_thread()) &&
         "a callback on another thread than the loop's");
  const bool is_closed = handle != nullptr && static_cast<const Handle*>(handle)->has(kClosed);
  assert((kind == CallbackKind::kClose || !is_closed) && "a callback of a closed handle");
  return loop;
}

}  // namespace

const void* calling_thread() {
  return &runs;
}

bool thread_runs_a_loop() {
  return runs != 0;
}

InsideScope::InsideScope(Loop& loop, Inside inside)
    : loop_(loop), outer_(loop.calls), outer_runs_(runs) {
  loop.calls = {inside, calling_thread()};
  if (inside == Inside::kDispatch) ++runs;
}

InsideScope::~InsideScope() {
  loop_.calls = outer_;
  runs = outer_runs_;
}

CallScope::CallScope(CallbackKind kind, const uv_loop_t* loop, const void* handle)
    : scope_(checked(kind, loop, handle), Inside::kCallback) {}

WorkScope::WorkScope() {
  assert(!works && !thread_runs_a_loop() && "work inside the call that queued it");
  works = true;
}

WorkScope::~WorkScope() {
  works = false;
}

}  // namespace violet

#endif

#include "handle/phase.h"

#include "core/call.h"

namespace violet {
namespace {

List& phase_of(Idle& idle) {
  return loop_of(idle.handle).idle;
}
List& phase_of(Prepare& prepare) {
  return loop_of(prepare.handle).prepare;
}
List& phase_of(Check& check) {
  return loop_of(check.handle).check;
}

CallbackKind kind_of(const Idle&) {
  return CallbackKind::kIdle;
}
CallbackKind kind_of(const Prepare&) {
  return CallbackKind::kPrepare;
}
CallbackKind kind_of(const Check&) {
  return CallbackKind::kCheck;
}

template <typename Typed>
void run_item(PhaseItem& item) {
  Typed& typed = object_from_member<Typed>(&item, offsetof(Typed, item));
  call_program(kind_of(typed), typed.callback, public_handle(typed));
}

template <typename Typed>
void stop_phase(Typed& typed) {
  typed.item.link.unlink_if_linked();
  deactivate(typed.handle);
}

template <typename Typed>
void close(Handle& handle) {
  stop_phase(typed_from<Typed>(handle));
  finish_closing(handle);
}

template <typename Typed>
void init_phase(Loop& loop, typename Typed::Public* handle, const HandleKind& kind) {
  init_typed_handle<Typed>(loop, handle, kind).item.run = run_item<Typed>;
}

// Starting a handle that is active already changes nothing: it keeps its place and its callback.
template <typename Typed, typename Callback>
int start_phase(Typed& typed, Callback callback) {
  if (callback == nullptr) return UV_EINVAL;
  if (typed.handle.has(kClosing)) return UV_EINVAL;
  if (typed.item.link.linked()) return 0;
  // The handle started last runs first, as libuv's users have always seen it.
  phase_of(typed).push_front(typed.item.link);
  typed.callback = callback;
  activate(typed.handle);
  return 0;
}

constexpr HandleKind kIdleKind = {UV_IDLE, close<Idle>, nullptr};
constexpr HandleKind kPrepareKind = {UV_PREPARE, close<Prepare>, nullptr};
constexpr HandleKind kCheckKind = {UV_CHECK, close<Check>, nullptr};

}  // namespace

void init_idle(Loop& loop, uv_idle_t* idle) {
  init_phase<Idle>(loop, idle, kIdleKind);
}
void init_prepare(Loop& loop, uv_prepare_t* prepare) {
  init_phase<Prepare>(loop, prepare, kPrepareKind);
}
void init_check(Loop& loop, uv_check_t* check) {
  init_phase<Check>(loop, check, kCheckKind);
}

int start(Idle& idle, uv_idle_cb callback) {
  return start_phase(idle, callback);
}
int start(Prepare& prepare, uv_prepare_cb callback) {
  return start_phase(prepare, callback);
}
int start(Check& check, uv_check_cb callback) {
  return start_phase(check, callback);
}

void stop(Idle& idle) {
  stop_phase(idle);
}
void stop(Prepare& prepare) {
  stop_phase(prepare);
}
void stop(Check& check) {
  stop_phase(check);
}

}  // namespace violet

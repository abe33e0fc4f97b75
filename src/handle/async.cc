#include "handle/async.h"

#include <cassert>

#include "core/call.h"
#include "os/thread.h"

namespace violet {
namespace {

Async& async_of(SignalledItem& item) {
  return object_from_member<Async>(&item, offsetof(Async, item));
}

// A sender on another thread may have set `signalled` and not yet reached the queue. It is about
// to; the handle's memory must not go back to the user before.
void drop_signal(Async& async) {
  SignalledQueue& queue = loop_of(async.handle).signalled;
  for (queue.receive(); async.item.is_taken == 0; queue.receive())
    yield_thread();
  queue.drop(async.item);
}

void close(Handle& handle) {
  Async& async = typed_from<Async>(handle);
  // Left at true for good: a late sender finds it set and touches nothing.
  if (async.signalled.exchange(true, std::memory_order_acq_rel)) drop_signal(async);
  finish_closing(handle);
}

// Since it was closed no poll phase has come by its turn.
void closed(Handle& handle) {
  if (typed_from<Async>(handle).item.is_taken != 0) loop_of(handle).signalled.sweep();
}

void on_turn(SignalledItem& item) {
  Async& async = async_of(item);
  // Cleared before the callback: what a sender wrote before a send from now on is seen by the next
  // callback, what it wrote before an earlier one by this callback.
  [[maybe_unused]] const bool was = async.signalled.exchange(false, std::memory_order_acq_rel);
  assert(was && "only a send brings a turn");
  if (async.callback == nullptr) return;
  call_program(CallbackKind::kAsync, async.callback, public_handle(async));
}

// A sender that was on its way to the queue never gets there.
void forked(Handle& handle) {
  Async& async = typed_from<Async>(handle);
  if (!async.signalled.load(std::memory_order_relaxed)) return;
  loop_of(handle).signalled.receive();
  async.signalled.store(async.item.is_taken != 0, std::memory_order_relaxed);
}

constexpr HandleKind kAsyncKind = {UV_ASYNC, close, closed, nullptr, forked};

}  // namespace

void init_async(Loop& loop, uv_async_t* public_async, uv_async_cb callback) {
  Async& async = init_typed_handle<Async>(loop, public_async, kAsyncKind);
  loop.signalled.number(async.item);
  loop.run_signalled = on_turn;
  async.callback = callback;
  activate(async.handle);
}

}  // namespace violet

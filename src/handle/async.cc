#include "handle/async.h"

#include <cassert>

#include "core/call.h"
#include "os/thread.h"

namespace violet {
namespace {

Async& async_of(SignalledItem& item) {
  return object_from_member<Async>(&item, offsetof(Async, item));
}

// A sender on another thread may have set `signalled` without having put the item into the queue
// yet. This waits until it has, because after uv_close() the user may free the handle, which the
// sender still uses.
void drop_signal(Async& async) {
  SignalledQueue& queue = loop_of(async.handle).signalled;
  for (queue.receive(); async.item.is_taken == 0; queue.receive())
    yield_thread();
  queue.drop(async.item);
}

void close(Handle& handle) {
  Async& async = typed_from<Async>(handle);
  // It stays true: a sender that comes later finds it set and touches nothing else.
  if (async.signalled.exchange(true, std::memory_order_acq_rel)) drop_signal(async);
  finish_closing(handle);
}

// The item is still queued if no poll phase has come to it since uv_close().
void closed(Handle& handle) {
  if (typed_from<Async>(handle).item.is_taken != 0) loop_of(handle).signalled.sweep();
}

void on_turn(SignalledItem& item) {
  Async& async = async_of(item);
  // Cleared before the callback: a send from now on brings another callback, and what a thread
  // wrote before an earlier send is visible to this one.
  [[maybe_unused]] const bool was = async.signalled.exchange(false, std::memory_order_acq_rel);
  assert(was && "only a send brings a turn");
  if (async.callback == nullptr) return;
  call_program(CallbackKind::kAsync, async.callback, public_handle(async));
}

// In a forked child. A sender of the parent that had set `signalled` but not yet queued the item
// does not exist here: the handle must not look signalled for ever.
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

#include "handle/async.h"

#include "os/thread.h"

namespace violet {
namespace {

// A sender on another thread may have set `signalled` and not yet reached the inbox. It is about
// to; the handle's memory must not go back to the user before.
void take_out_of_inbox(Async& async) {
  Loop& loop = loop_of(async.handle);
  for (;;) {
    receive_arrivals(loop);
    if (loop.arrived.remove(async.item.node)) return;
    yield_thread();
  }
}

void close(Handle& handle) {
  Async& async = typed_from<Async>(handle);
  // Left at true for good: a late sender finds it set and touches nothing.
  if (async.signalled.exchange(true, std::memory_order_acq_rel)) take_out_of_inbox(async);
  finish_closing(handle);
}

void on_arrived(RemoteItem& item, Loop&) {
  Async& async = object_from_member<Async>(&item, offsetof(Async, item));
  // Cleared before the callback: what a sender wrote before a send from now on is seen by the next
  // callback, what it wrote before an earlier one by this callback.
  async.signalled.exchange(false, std::memory_order_acq_rel);
  if (async.callback != nullptr) async.callback(public_handle(async));
}

// A sender that was on its way to the inbox never gets there.
void forked(Handle& handle) {
  Async& async = typed_from<Async>(handle);
  if (!async.signalled.load(std::memory_order_relaxed)) return;
  Loop& loop = loop_of(handle);
  receive_arrivals(loop);
  async.signalled.store(loop.arrived.contains(async.item.node), std::memory_order_relaxed);
}

constexpr HandleKind kAsyncKind = {UV_ASYNC, close, nullptr, nullptr, forked};

}  // namespace

void init_async(Loop& loop, uv_async_t* public_async, uv_async_cb callback) {
  Async& async = init_typed_handle<Async>(loop, public_async, kAsyncKind);
  async.item.run = on_arrived;
  async.callback = callback;
  activate(async.handle);
}

// A plain load could tell for half the time that the handle is signalled already. But a processor
// may load before what the sender wrote earlier is visible: the callback under way would miss that,
// and no other would follow.
void send(Async& async) {
  Loop& loop = loop_of(async.handle);
  if (async.signalled.exchange(true, std::memory_order_acq_rel)) return;
  deliver(loop, async.item);
}

}  // namespace violet

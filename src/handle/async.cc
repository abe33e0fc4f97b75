#include "handle/async.h"

#include <cassert>

#include "core/call.h"
#include "os/process_barrier.h"
#include "os/thread.h"

namespace violet {
namespace {

Async& async_of(SignalledItem& item) {
  return object_from_member<Async>(&item, offsetof(Async, item));
}

// A sender on another thread may have counted its send without having put the item into the queue
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
  // One send stays: a sender that comes later finds it and does not touch the queue.
  const std::uint32_t before = async.sends.exchange(1, std::memory_order_acq_rel);
  if (before != 0) drop_signal(async);
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
  const std::uint32_t sends = async.sends.exchange(0, std::memory_order_acq_rel);
  assert(sends != 0 && "only a send brings a turn");
  if ((sends & Async::kSentOften) != 0) process_barrier();
  if (async.callback == nullptr) return;
  call_program(CallbackKind::kAsync, async.callback, public_handle(async));
}

// In a forked child. A sender of the parent that had counted its send but not yet queued the
// item does not exist here: the handle must not look signalled for ever.
void forked(Handle& handle) {
  Async& async = typed_from<Async>(handle);
  if (async.sends.load(std::memory_order_relaxed) == 0) return;
  loop_of(handle).signalled.receive();
  const bool is_signalled = async.item.is_taken != 0;
  async.sends.store(is_signalled ? 1 : 0, std::memory_order_relaxed);
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

// Where there is no barrier the count begins anew, far from its end.
void note_many_sends(Async& async) {
  const std::uint32_t noted = has_process_barrier() ? Async::kSentOften : 1;
  std::uint32_t sends = async.sends.load(std::memory_order_relaxed);
  // Not where the loop has taken the signal meanwhile, nor where another sender was here before.
  while (sends >= Async::kManySends && (sends & Async::kSentOften) == 0 &&
         !async.sends.compare_exchange_weak(sends, noted, std::memory_order_acq_rel,
                                            std::memory_order_relaxed)) {
  }
}

}  // namespace violet

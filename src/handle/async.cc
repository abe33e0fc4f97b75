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

// A barrier of the process takes as long as some 50 atomic operations while no other thread runs,
// and as some 2,000 while one does.
constexpr std::uint32_t kManyVainSends = 2000;

// A sender on another thread may have set kSent without having put the item into the queue yet.
// This waits until it has, because after uv_close() the user may free the handle, which the sender
// still uses.
void drop_signal(Async& async) {
  SignalledQueue& queue = loop_of(async.handle).signalled;
  for (queue.receive(); async.item.is_taken == 0; queue.receive())
    yield_thread();
  queue.drop(async.item);
}

void close(Handle& handle) {
  Async& async = typed_from<Async>(handle);
  // kSent stays: a sender that comes later finds it set and does not touch the queue.
  const std::uint32_t before = async.signals.exchange(Async::kSent, std::memory_order_acq_rel);
  if ((before & Async::kSent) != 0) drop_signal(async);
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
  const std::uint32_t signals = async.signals.exchange(0, std::memory_order_acq_rel);
  assert((signals & Async::kSent) != 0 && "only a send brings a turn");
  async.vain_sends.store(0, std::memory_order_relaxed);
  if ((signals & Async::kSentOften) != 0) process_barrier();
  if (async.callback == nullptr) return;
  call_program(CallbackKind::kAsync, async.callback, public_handle(async));
}

// In a forked child. A sender of the parent that had set kSent but not yet queued the item
// does not exist here: the handle must not look signalled for ever.
void forked(Handle& handle) {
  Async& async = typed_from<Async>(handle);
  if (async.signals.load(std::memory_order_relaxed) == 0) return;
  loop_of(handle).signalled.receive();
  const bool is_signalled = async.item.is_taken != 0;
  async.signals.store(is_signalled ? Async::kSent : 0, std::memory_order_relaxed);
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

void note_vain_send(Async& async) {
  const std::uint32_t count = async.vain_sends.load(std::memory_order_relaxed) + 1;
  async.vain_sends.store(count, std::memory_order_relaxed);
  if (count < kManyVainSends) return;
  async.vain_sends.store(0, std::memory_order_relaxed);
  if (!has_process_barrier()) return;
  // Not where the loop has taken the signal meanwhile.
  std::uint32_t sent = Async::kSent;
  async.signals.compare_exchange_strong(sent, Async::kSent | Async::kSentOften,
                                        std::memory_order_acq_rel, std::memory_order_relaxed);
}

}  // namespace violet

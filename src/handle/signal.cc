#include "handle/signal.h"

#include "base/allocator.h"
#include "core/call.h"
#include "handle/signal_dispatcher.h"

namespace violet {
namespace {

// A loop's signal handles.
struct LoopSignals {
  SignalSubscriber subscriber;
  List started[kSignalLimit];  // by number
  CaughtSignals taken;         // what is being handed out
};

LoopSignals& signals_of(Loop& loop) {
  return *static_cast<LoopSignals*>(loop.signals.state);
}

// Every handle that was started before the signal came gets it.
void hand_out(LoopSignals& signals, int number, std::uint64_t position) {
  for_each_linked_now(signals.started[number], [position](ListNode& node) {
    Signal& signal = object_from_member<Signal>(&node, offsetof(Signal, link));
    if (signal.position > position) return;
    int caught = signal.number;
    uv_signal_cb callback = signal.callback;
    if (signal.handle.has(kSignalOnce)) stop(signal);
    call_program(CallbackKind::kSignal, callback, public_handle(signal), caught);
  });
}

void run(Loop& loop) {
  LoopSignals& signals = signals_of(loop);
  CaughtSignals& caught = signals.taken;
  take_caught(signals.subscriber, caught);
  for (std::uint32_t i = 0; i < caught.count; ++i)
    hand_out(signals, caught.numbers[i], caught.first + i);
  if (!caught.overflowed) return;
  for (int number = 1; number < kSignalLimit; ++number) {
    for (; caught.uncounted[number] > 0; --caught.uncounted[number])
      hand_out(signals, number, caught.first + caught.count);
  }
}

void release_signals(Loop& loop) {
  release(loop.signals.state);
  loop.signals = {};
}

int prepare_loop(Loop& loop) {
  if (loop.signals.state != nullptr) return 0;
  if (int error = start_signal_dispatcher(); error != 0) return error;
  LoopSignals* signals = static_cast<LoopSignals*>(allocate_zeroed(1, sizeof(LoopSignals)));
  if (signals == nullptr) return UV_ENOMEM;
  signals->subscriber.loop = &loop;
  for (List& started : signals->started)
    started.reset();
  loop.signals = {signals, run, nullptr, release_signals};
  return 0;
}

void close(Handle& handle) {
  stop(typed_from<Signal>(handle));
  finish_closing(handle);
}

constexpr HandleKind kSignalKind = {UV_SIGNAL, close, nullptr};

}  // namespace

int init_signal(Loop& loop, uv_signal_t* public_signal) {
  if (int error = prepare_loop(loop); error != 0) return error;
  init_typed_handle<Signal>(loop, public_signal, kSignalKind);
  return 0;
}

int start(Signal& signal, uv_signal_cb callback, int number, bool once) {
  if (signal.handle.has(kClosing) || callback == nullptr) return UV_EINVAL;
  if (signal.number == number && signal.handle.has(kSignalOnce) == once && number != 0) {
    signal.callback = callback;
    return 0;
  }
  LoopSignals& signals = signals_of(loop_of(signal.handle));
  std::uint64_t position = 0;
  if (int error = subscribe(signals.subscriber, number, once, position); error != 0) return error;
  stop(signal);
  signal.callback = callback;
  signal.number = number;
  signal.handle.set_to(kSignalOnce, once);
  signal.position = position;
  signals.started[number].push_back(signal.link);
  activate(signal.handle);
  return 0;
}

void stop(Signal& signal) {
  if (signal.number == 0) return;
  signal.link.unlink();
  unsubscribe(signals_of(loop_of(signal.handle)).subscriber, signal.number,
              signal.handle.has(kSignalOnce));
  signal.number = 0;
  deactivate(signal.handle);
}

}  // namespace violet

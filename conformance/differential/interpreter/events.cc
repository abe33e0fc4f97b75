// Signals, and descriptors that are polled: events whose place in an iteration is known exactly.
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include "machine.h"

namespace differential {
namespace {

#if defined(_WIN32)
constexpr int kSignal = SIGINT;  // no program of a comparison raises it there
constexpr short kPeerEnded = POLLHUP;
#else
constexpr int kSignal = SIGUSR1;
constexpr short kPeerEnded = POLLRDHUP;
#endif

// A signal is found by the next poll; its callback has come before the one after.
constexpr int kPollsToFind = 2;

struct Signal : Handle {
  using Handle::Handle;
  bool keeps_from_waiting() const override {
    return Handle::keeps_from_waiting() || raised == kPollsToFind;
  }

  // Counts the polls since it came. The first of them does not wait, even if the handle was
  // stopped.
  int raised = 0;
};

void caught(uv_signal_t* uv_signal, int number) {
  Signal& signal = object_of<Signal>(uv_signal);
  if (!signal.is_open()) Event("unasked").add("o", signal.name).add("k", "signal");
  counted_callback(signal, "signal", number);
}

void signal_init(Machine& machine, const Op& op) {
  Signal* signal = machine.obtain_unused<Signal>(op.word(0));
  if (signal == nullptr) return trace_skip(op);
  initialized(*signal, op, uv_signal_init(&machine.loop, &signal->memory.signal));
}

// signal_start SIGNAL, signal_oneshot SIGNAL
void signal_start(Machine& machine, const Op& op) {
  Signal* signal = machine.find_open<Signal>(op.word(0));
  // Whether a handle that is started again hears of a signal that came before is open.
  if (signal == nullptr || signal->raised > 0) return trace_skip(op);
  auto start = op.name == "signal_start" ? uv_signal_start : uv_signal_start_oneshot;
  trace_result(op, machine.call("uv_signal_start",
                                [&] { return start(&signal->memory.signal, caught, kSignal); }));
}

void signal_stop(Machine& machine, const Op& op) {
  Signal* signal = machine.find_open<Signal>(op.word(0));
  if (signal == nullptr) return trace_skip(op);
  trace_result(op, uv_signal_stop(&signal->memory.signal));
}

// raise SIGNAL: only while it is watched, for it would end the program; a second one would end it
// if the handle is a oneshot.
void raise_signal(Machine& machine, const Op& op) {
  Signal* signal = machine.find_open<Signal>(op.word(0));
  if (signal == nullptr || !uv_is_active(&signal->memory.handle) || signal->raised > 0)
    return trace_skip(op);
  signal->raised = kPollsToFind;
  trace_result(op, machine.call("raise", [] { return raise(kSignal); }));
}

struct Polled : Handle {
  using Handle::Handle;
  ~Polled() override { close_ends(); }
  bool keeps_from_waiting() const override {
    if (Handle::keeps_from_waiting()) return true;
    if (!is_open() || !uv_is_active(&memory.handle)) return false;
    pollfd wanted{static_cast<decltype(pollfd::fd)>(ends[0]),
                  static_cast<short>((events & UV_READABLE ? POLLIN : 0) |
                                     (events & UV_WRITABLE ? POLLOUT : 0) |
                                     (events & UV_DISCONNECT ? kPeerEnded : 0)),
                  0};
    return ::poll(&wanted, 1, 0) > 0;
  }
  void close_ends() {
    for (int& end : ends) {
      if (end >= 0) close(end);
      end = -1;
    }
  }

  int ends[2] = {-1, -1};
  int events = 0;
};

void happened(uv_poll_t* uv_poll, int status, int events) {
  Polled& polled = object_of<Polled>(uv_poll);
  if (!polled.is_open() || (events & ~polled.events) != 0)
    Event("unasked").add("o", polled.name).add("k", "poll").add("r", events);
  counted_callback(polled, "poll", status < 0 ? status : events);
}

void poll_init(Machine& machine, const Op& op) {
  Polled* polled = machine.obtain_unused<Polled>(op.word(0));
  if (polled == nullptr) return trace_skip(op);
  polled->close_ends();
  polled->events = 0;
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, polled->ends) != 0)
    return trace_skip(op);
  initialized(*polled, op, uv_poll_init(&machine.loop, &polled->memory.poll, polled->ends[0]));
}

// poll_start POLL EVENTS
void poll_start(Machine& machine, const Op& op) {
  Polled* polled = machine.find_open<Polled>(op.word(0));
  if (polled == nullptr) return trace_skip(op);
  polled->events = static_cast<int>(op.number(1));
  trace_result(op, machine.call("uv_poll_start", [&] {
    return uv_poll_start(&polled->memory.poll, polled->events, happened);
  }));
}

void poll_stop(Machine& machine, const Op& op) {
  Polled* polled = machine.find_open<Polled>(op.word(0));
  if (polled == nullptr) return trace_skip(op);
  polled->events = 0;
  trace_result(op, uv_poll_stop(&polled->memory.poll));
}

// poll_feed POLL: something to read. poll_drain POLL: nothing more. poll_end POLL: the other side
// writes no more.
void poll_change(Machine& machine, const Op& op) {
  Polled* polled = machine.find_open<Polled>(op.word(0));
  if (polled == nullptr) return trace_skip(op);
  char bytes[64];
  if (op.name == "poll_feed") trace_result(op, send(polled->ends[1], "x", 1, MSG_NOSIGNAL));
  if (op.name == "poll_end") trace_result(op, shutdown(polled->ends[1], SHUT_WR));
  if (op.name == "poll_drain") {
    while (read(polled->ends[0], bytes, sizeof(bytes)) > 0) {
    }
    trace_result(op, 0);
  }
}

}  // namespace

void poll_begins(Machine& machine) {
  for (auto& [name, object] : machine.objects) {
    auto* signal = dynamic_cast<Signal*>(object.get());
    if (signal != nullptr && signal->raised > 0) --signal->raised;
  }
}

void close_polled(Machine& machine) {
  for (auto& [name, object] : machine.objects) {
    if (auto* polled = dynamic_cast<Polled*>(object.get())) polled->close_ends();
  }
}

void add_event_operations(Operations& operations) {
  operations["signal"] = signal_init;
  operations["signal_start"] = operations["signal_oneshot"] = signal_start;
  operations["signal_stop"] = signal_stop;
  operations["raise"] = raise_signal;
  operations["poll"] = poll_init;
  operations["poll_start"] = poll_start;
  operations["poll_stop"] = poll_stop;
  operations["poll_feed"] = operations["poll_drain"] = operations["poll_end"] = poll_change;
}

}  // namespace differential

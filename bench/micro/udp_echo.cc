// Datagrams between sockets of one process: pairs that play ping-pong, and bursts one way.
#include <cstring>
#include <memory>
#include <vector>

#include "cases.h"

namespace {

using bench::check;

constexpr std::size_t kMessageSize = 64;
constexpr std::size_t kBufferSize = 64 * 1024;

struct Run {
  explicit Run(benchmark::State& state) : operations(state, state.range(0)) {}

  bench::Operations operations;
  bench::Loop loop;
  std::size_t awaited = 0;  // of a burst
};

struct End {
  uv_udp_t udp;
  std::vector<uv_udp_send_t> requests;
  sockaddr_in address;
  Run* run;
  End* peer;
  char message[kMessageSize];
};

void on_allocate(uv_handle_t*, std::size_t, uv_buf_t* buffer) {
  static char bytes[kBufferSize];
  *buffer = uv_buf_init(bytes, sizeof(bytes));
}

void open(End& end, Run& run, End& peer, std::size_t requests, uv_udp_recv_cb on_received) {
  end.run = &run;
  end.peer = &peer;
  end.requests.resize(requests);
  std::memset(end.message, 0, kMessageSize);
  check(uv_udp_init(run.loop.get(), &end.udp), "uv_udp_init");
  end.udp.data = &end;
  uv_ip4_addr("127.0.0.1", 0, &end.address);
  check(uv_udp_bind(&end.udp, reinterpret_cast<sockaddr*>(&end.address), 0), "uv_udp_bind");
  int size = sizeof(end.address);
  check(uv_udp_getsockname(&end.udp, reinterpret_cast<sockaddr*>(&end.address), &size),
        "uv_udp_getsockname");
  check(uv_udp_recv_start(&end.udp, on_allocate, on_received), "uv_udp_recv_start");
}

// As many datagrams as the end has requests.
void send(End& from) {
  uv_buf_t buffer = uv_buf_init(from.message, kMessageSize);
  for (uv_udp_send_t& request : from.requests) {
    check(uv_udp_send(&request, &from.udp, &buffer, 1,
                      reinterpret_cast<sockaddr*>(&from.peer->address), nullptr),
          "uv_udp_send");
  }
}

// The end at which a datagram came in; none for a call that brings nothing.
End* receiver(uv_udp_t* udp, ssize_t count, const sockaddr* sender) {
  check(count, "receiving");
  return sender == nullptr ? nullptr : static_cast<End*>(udp->data);
}

void on_ball(uv_udp_t* udp, ssize_t count, const uv_buf_t*, const sockaddr* sender, unsigned) {
  End* end = receiver(udp, count, sender);
  if (end == nullptr) return;
  if (!end->run->operations.another()) return bench::close_all(*end->run->loop.get());
  send(*end);
}

// An operation is one datagram from end to end.
void ping_pong(benchmark::State& state) {
  Run run(state);
  std::size_t count = 2 * static_cast<std::size_t>(state.range(0));
  std::unique_ptr<End[]> ends(new End[count]);
  for (std::size_t i = 0; i < count; ++i)
    open(ends[i], run, ends[i ^ 1], 1, on_ball);
  for (std::size_t i = 0; i < count; i += 2)
    send(ends[i]);
  run.loop.run();
}
BENCHMARK(ping_pong)->ArgName("pairs")->Arg(1)->Arg(64)->Apply(bench::all_threads);

void send_burst(End& sender) {
  sender.run->awaited = sender.requests.size();
  send(sender);
}

void on_part(uv_udp_t* udp, ssize_t count, const uv_buf_t*, const sockaddr* sender, unsigned) {
  End* end = receiver(udp, count, sender);
  if (end == nullptr) return;
  if (!end->run->operations.another()) return bench::close_all(*end->run->loop.get());
  if (--end->run->awaited == 0) send_burst(*end->peer);
}

// A sender that gives several datagrams at once, and goes on when all of them have come.
void bursts(benchmark::State& state) {
  Run run(state);
  End sender, receiver;
  open(sender, run, receiver, static_cast<std::size_t>(state.range(0)), on_part);
  open(receiver, run, sender, 0, on_part);
  send_burst(sender);
  run.loop.run();
}
BENCHMARK(bursts)->ArgName("datagrams")->Arg(50)->Apply(bench::all_threads);

}  // namespace

BENCHMARK_MAIN();

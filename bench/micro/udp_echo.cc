// Datagrams between sockets of one process: N pairs that play ping-pong, and bursts one way.
//
//   LD_LIBRARY_PATH=<folder> udp_echo
#include <cstdlib>
#include <cstring>
#include <memory>
#include <vector>

#include "measure.h"

namespace {

constexpr std::size_t kMessageSize = 64;
constexpr std::size_t kBufferSize = 64 * 1024;
constexpr long kMessages = 40'000;
constexpr long kBurst = 50;

void check(int result, const char* what) {
  if (result >= 0) return;
  std::fprintf(stderr, "%s: %s\n", what, uv_strerror(result));
  std::exit(1);
}

struct Run {
  uv_loop_t loop;
  long left;
};

struct End {
  uv_udp_t udp;
  uv_udp_send_t request;
  sockaddr_in address;
  Run* run;
  End* peer;
  char message[kMessageSize];
};

void on_allocate(uv_handle_t*, std::size_t, uv_buf_t* buffer) {
  static char bytes[kBufferSize];
  *buffer = uv_buf_init(bytes, sizeof(bytes));
}

void open(End& end, Run& run, uv_udp_recv_cb on_received) {
  std::memset(&end, 0, sizeof(end));
  end.run = &run;
  end.udp.data = &end;
  check(uv_udp_init(&run.loop, &end.udp), "uv_udp_init");
  end.udp.data = &end;
  uv_ip4_addr("127.0.0.1", 0, &end.address);
  check(uv_udp_bind(&end.udp, reinterpret_cast<sockaddr*>(&end.address), 0), "uv_udp_bind");
  int size = sizeof(end.address);
  check(uv_udp_getsockname(&end.udp, reinterpret_cast<sockaddr*>(&end.address), &size),
        "uv_udp_getsockname");
  check(uv_udp_recv_start(&end.udp, on_allocate, on_received), "uv_udp_recv_start");
}

void send(End& from, uv_udp_send_cb on_sent) {
  uv_buf_t buffer = uv_buf_init(from.message, kMessageSize);
  check(uv_udp_send(&from.request, &from.udp, &buffer, 1,
                    reinterpret_cast<sockaddr*>(&from.peer->address), on_sent),
        "uv_udp_send");
}

void close_all(Run& run) {
  uv_walk(
      &run.loop,
      [](uv_handle_t* handle, void*) {
        if (!uv_is_closing(handle)) uv_close(handle, nullptr);
      },
      nullptr);
}

void on_ball(uv_udp_t* udp, ssize_t count, const uv_buf_t*, const sockaddr* sender, unsigned) {
  if (count < 0) check(static_cast<int>(count), "receiving");
  if (sender == nullptr) return;
  End& end = *static_cast<End*>(udp->data);
  if (--end.run->left <= 0) return close_all(*end.run);
  send(end, nullptr);
}

void ping_pong(std::size_t pairs) {
  Run run;
  check(uv_loop_init(&run.loop), "uv_loop_init");
  run.left = kMessages;
  std::unique_ptr<End[]> ends(new End[2 * pairs]);
  for (std::size_t i = 0; i < 2 * pairs; ++i) {
    open(ends[i], run, on_ball);
    ends[i].peer = &ends[i ^ 1];
  }
  for (std::size_t i = 0; i < 2 * pairs; i += 2)
    send(ends[i], nullptr);
  uv_run(&run.loop, UV_RUN_DEFAULT);
  check(uv_loop_close(&run.loop), "uv_loop_close");
}

// A sender that gives several datagrams at once, and goes on when all of them have come.
struct Bursts {
  Run run;
  End sender;
  End receiver;
  uv_udp_send_t requests[kBurst];
  long in_burst;
};

void send_burst(Bursts& bursts) {
  bursts.in_burst = kBurst;
  uv_buf_t buffer = uv_buf_init(bursts.sender.message, kMessageSize);
  for (uv_udp_send_t& request : bursts.requests) {
    check(uv_udp_send(&request, &bursts.sender.udp, &buffer, 1,
                      reinterpret_cast<sockaddr*>(&bursts.receiver.address), nullptr),
          "uv_udp_send");
  }
}

void on_part(uv_udp_t* udp, ssize_t count, const uv_buf_t*, const sockaddr* sender, unsigned) {
  if (count < 0) check(static_cast<int>(count), "receiving");
  if (sender == nullptr) return;
  End& end = *static_cast<End*>(udp->data);
  Bursts& bursts = *reinterpret_cast<Bursts*>(end.run);
  --end.run->left;
  if (--bursts.in_burst > 0) return;
  if (end.run->left <= 0) return close_all(*end.run);
  send_burst(bursts);
}

void send_bursts() {
  std::unique_ptr<Bursts> bursts(new Bursts);
  check(uv_loop_init(&bursts->run.loop), "uv_loop_init");
  bursts->run.left = kMessages;
  open(bursts->sender, bursts->run, on_part);
  open(bursts->receiver, bursts->run, on_part);
  send_burst(*bursts);
  uv_run(&bursts->run.loop, UV_RUN_DEFAULT);
  check(uv_loop_close(&bursts->run.loop), "uv_loop_close");
}

}  // namespace

int main() {
  bench::measure("ping-pong of 1 pair", kMessages, [] { ping_pong(1); });
  bench::measure("ping-pong of 64 pairs", kMessages, [] { ping_pong(64); });
  bench::measure("bursts of 50", kMessages, send_bursts);
  return 0;
}

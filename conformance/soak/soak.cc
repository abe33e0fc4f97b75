// A byte-exact soak on uv.h: many connections with random sizes, pauses, half-closes, resets, and
// reading that stops and starts. Every byte has to arrive once and in order; in the end descriptors
// and memory have to be back where they were.
//
//     soak SECONDS [SEED [CONNECTIONS [tcp|pipe]]]
#include <uv.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <vector>

#include "soak.h"

namespace {

constexpr std::size_t kMaxWrite = 200'000;
constexpr std::uint64_t kMaxStream = 1'000'000;
constexpr std::size_t kHeaderSize = 4;  // the stream's seed goes first
// Room for all that may come at a time: a queue that overflows has Linux answer with SYN cookies,
// and a connection made by one may miss its first bytes (6.18; on libuv, too).
constexpr int kBacklog = 1024;

uv_loop_t loop;
bool uses_pipes = false;
char pipe_name[128];
sockaddr_in tcp_address;
std::size_t live_peers = 0;
std::uint64_t connections = 0;
std::uint64_t bytes_received = 0;
std::uint64_t resets = 0;

union AnyStream {
  uv_stream_t stream;
  uv_handle_t handle;
  uv_tcp_t tcp;
  uv_pipe_t pipe;
};

// Sizes from one byte to many, each magnitude as likely.
std::size_t random_size(std::size_t limit) {
  std::size_t magnitude = std::size_t{1} << roll(18);
  return 1 + roll(magnitude < limit ? magnitude : limit);
}

// Differs between neighbours, between distances of any power of two, and between streams.
unsigned char pattern(std::uint32_t seed, std::uint64_t position) {
  if (position < kHeaderSize) return static_cast<unsigned char>(seed >> (8 * position));
  std::uint64_t mixed = (position + seed) * 0x9e3779b97f4a7c15ULL;
  return static_cast<unsigned char>(mixed >> 56);
}

// One end of a connection: it sends one stream and checks another.
struct Peer {
  AnyStream stream;
  uv_timer_t pause;
  uv_connect_t connect;
  uv_shutdown_t shutdown;
  std::uint32_t seed = 0;
  std::uint64_t to_send = 0;
  std::uint64_t sent = 0;
  std::uint64_t reset_after = UINT64_MAX;
  std::uint32_t peer_seed = 0;
  std::uint64_t received = 0;
  int writes = 0;
  int open_handles = 0;
  bool reading = false;
  bool read_end = false;
  bool sent_all = false;
  bool closing = false;
  std::vector<char> buffer;
};

struct Write {
  uv_write_t request;
  Peer* peer;
  std::vector<char> bytes;
};

// A connection may be cut short then, by either end.
bool resets_allowed = true;

void close_peer(Peer& peer, bool with_reset) {
  if (peer.closing) return;
  peer.closing = true;
  auto closed = [](uv_handle_t* handle) {
    Peer* owner = static_cast<Peer*>(handle->data);
    if (--owner->open_handles > 0) return;
    if (owner->writes != 0) fail("a write's callback did not run before the close callback", 0);
    --live_peers;
    delete owner;
  };
  uv_close(reinterpret_cast<uv_handle_t*>(&peer.pause), closed);
  if (with_reset && !uses_pipes) {
    ++resets;
    if (uv_tcp_close_reset(&peer.stream.tcp, closed) == 0) return;
  }
  uv_close(&peer.stream.handle, closed);
}

void check_bytes(Peer& peer, const char* bytes, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i, ++peer.received) {
    unsigned char byte = static_cast<unsigned char>(bytes[i]);
    if (peer.received < kHeaderSize) {
      peer.peer_seed |= std::uint32_t{byte} << (8 * peer.received);
    } else if (byte != pattern(peer.peer_seed, peer.received)) {
      fail("a wrong byte at", static_cast<long long>(peer.received));
    }
  }
  bytes_received += count;
}

// The length follows from the seed, so that the other end knows when it has everything.
std::uint64_t length_of(std::uint32_t seed) {
  std::uint64_t magnitude = std::uint64_t{1} << (seed % 21);
  return kHeaderSize + (seed / 21) % (magnitude < kMaxStream ? magnitude : kMaxStream);
}

void on_read(uv_stream_t* stream, ssize_t count, const uv_buf_t* buffer) {
  Peer& peer = *static_cast<Peer*>(stream->data);
  if (peer.closing) fail("a read callback after uv_close()", count);
  if (!peer.reading) fail("a read callback after uv_read_stop()", count);
  if (count > 0) check_bytes(peer, buffer->base, static_cast<std::size_t>(count));
  if (count < 0) {
    peer.reading = false;
    if (count != UV_EOF) return close_peer(peer, false);
    if (!resets_allowed) {
      if (peer.received < kHeaderSize || peer.received != length_of(peer.peer_seed)) {
        fail("a stream ended early at", static_cast<long long>(peer.received));
      }
    }
    peer.read_end = true;
    if (peer.sent_all && peer.writes == 0) close_peer(peer, false);
    return;
  }
  if (chance(10)) {
    uv_read_stop(stream);
    peer.reading = false;
  }
}

void start_reading(Peer& peer) {
  if (peer.reading || peer.read_end) return;
  auto provide = [](uv_handle_t* handle, std::size_t, uv_buf_t* buffer) {
    Peer& owner = *static_cast<Peer*>(handle->data);
    owner.buffer.resize(random_size(100'000));
    *buffer = uv_buf_init(owner.buffer.data(), static_cast<unsigned int>(owner.buffer.size()));
  };
  must(uv_read_start(&peer.stream.stream, provide, on_read), "uv_read_start");
  peer.reading = true;
}

void on_written(uv_write_t* request, int status) {
  std::unique_ptr<Write> write(reinterpret_cast<Write*>(request));
  Peer& peer = *write->peer;
  --peer.writes;
  if (peer.closing) return;
  if (status != 0) return close_peer(peer, false);
  if (peer.sent_all && peer.read_end && peer.writes == 0) close_peer(peer, false);
}

void write_some(Peer& peer) {
  std::size_t size = random_size(kMaxWrite);
  if (size > peer.to_send - peer.sent) size = peer.to_send - peer.sent;
  Write* write = new Write{{}, &peer, std::vector<char>(size)};
  for (char& byte : write->bytes)
    byte = static_cast<char>(pattern(peer.seed, peer.sent++));
  // In up to three pieces, as gathered writes are.
  uv_buf_t pieces[3];
  std::size_t first = roll(size + 1), second = first + roll(size - first + 1);
  pieces[0] = uv_buf_init(write->bytes.data(), static_cast<unsigned int>(first));
  pieces[1] = uv_buf_init(write->bytes.data() + first, static_cast<unsigned int>(second - first));
  pieces[2] = uv_buf_init(write->bytes.data() + second, static_cast<unsigned int>(size - second));
  ++peer.writes;
  must(uv_write(&write->request, &peer.stream.stream, pieces, 3, on_written), "uv_write");
}

void finish_sending(Peer& peer) {
  peer.sent_all = true;
  auto shut = [](uv_shutdown_t* request, int status) {
    Peer& owner = *static_cast<Peer*>(request->data);
    if (owner.closing) return;
    if (status != 0 && status != UV_ENOTCONN) return close_peer(owner, false);
    if (owner.read_end && owner.writes == 0) close_peer(owner, false);
  };
  peer.shutdown.data = &peer;
  must(uv_shutdown(&peer.shutdown, &peer.stream.stream, shut), "uv_shutdown");
}

// After every pause: some writes, perhaps the end, and reading again if it was stopped.
void go_on(Peer& peer) {
  if (peer.closing) return;
  start_reading(peer);
  for (std::uint64_t count = roll(4); count > 0 && peer.sent < peer.to_send; --count)
    write_some(peer);
  if (peer.sent >= peer.reset_after) return close_peer(peer, true);
  if (!peer.sent_all && peer.sent == peer.to_send) finish_sending(peer);
  auto again = [](uv_timer_t* timer) { go_on(*static_cast<Peer*>(timer->data)); };
  must(uv_timer_start(&peer.pause, again, roll(4), 0), "uv_timer_start");
}

Peer* make_peer() {
  Peer* peer = new Peer;
  ++live_peers;
  peer->seed = static_cast<std::uint32_t>(dice());
  peer->to_send = length_of(peer->seed);
  if (resets_allowed && chance(10)) peer->reset_after = roll(peer->to_send);
  must(uses_pipes ? uv_pipe_init(&loop, &peer->stream.pipe, 0)
                  : uv_tcp_init(&loop, &peer->stream.tcp),
       "init");
  must(uv_timer_init(&loop, &peer->pause), "uv_timer_init");
  peer->stream.handle.data = peer->pause.data = peer;
  peer->open_handles = 2;
  return peer;
}

void connect_one() {
  ++connections;
  Peer* peer = make_peer();
  auto connected = [](uv_connect_t* request, int status) {
    Peer& owner = *static_cast<Peer*>(request->data);
    if (owner.closing) return;
    if (status != 0) return close_peer(owner, false);
    go_on(owner);
  };
  peer->connect.data = peer;
  if (uses_pipes) {
    uv_pipe_connect(&peer->connect, &peer->stream.pipe, pipe_name, connected);
  } else {
    must(uv_tcp_connect(&peer->connect, &peer->stream.tcp,
                        reinterpret_cast<sockaddr*>(&tcp_address), connected),
         "uv_tcp_connect");
  }
}

void listen_on(AnyStream& server) {
  if (uses_pipes) {
    std::snprintf(pipe_name, sizeof(pipe_name), "%sviolet-soak-%d", kPlaceOfPipes,
                  static_cast<int>(uv_os_getpid()));
    must(uv_pipe_init(&loop, &server.pipe, 0), "uv_pipe_init");
    must(uv_pipe_bind(&server.pipe, pipe_name), "uv_pipe_bind");
  } else {
    uv_ip4_addr("127.0.0.1", 0, &tcp_address);
    must(uv_tcp_init(&loop, &server.tcp), "uv_tcp_init");
    must(uv_tcp_bind(&server.tcp, reinterpret_cast<sockaddr*>(&tcp_address), 0), "uv_tcp_bind");
    int size = sizeof(tcp_address);
    uv_tcp_getsockname(&server.tcp, reinterpret_cast<sockaddr*>(&tcp_address), &size);
  }
  auto connection = [](uv_stream_t* listener, int status) {
    must(status, "a connection");
    Peer* peer = make_peer();
    must(uv_accept(listener, &peer->stream.stream), "uv_accept");
    go_on(*peer);
  };
  must(uv_listen(&server.stream, kBacklog, connection), "uv_listen");
}

struct Plan {
  std::uint64_t nanoseconds;
  std::size_t connections;
};

void run(const Plan& plan) {
  must(uv_loop_init(&loop), "uv_loop_init");
  AnyStream server;
  listen_on(server);
  std::uint64_t end = uv_hrtime() + plan.nanoseconds;
  while (uv_hrtime() < end) {
    // Each connection has two ends.
    while (live_peers < 2 * plan.connections)
      connect_one();
    uv_run(&loop, UV_RUN_ONCE);
  }
  while (live_peers > 0) {
    if (uv_hrtime() > end + 60'000'000'000ULL)
      fail("connections that never end", static_cast<long long>(live_peers));
    uv_run(&loop, UV_RUN_ONCE);
  }
  uv_close(&server.handle, nullptr);
  uv_run(&loop, UV_RUN_DEFAULT);
  must(uv_loop_close(&loop), "uv_loop_close");
}

}  // namespace

int main(int argc, char** argv) {
  double seconds = argc > 1 ? std::atof(argv[1]) : 5;
  std::uint64_t seed = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : std::random_device{}();
  Plan plan = {static_cast<std::uint64_t>(seconds * 1e9 / 4), 40};
  if (argc > 3) plan.connections = std::strtoull(argv[3], nullptr, 10);
  uses_pipes = argc > 4 && std::strcmp(argv[4], "pipe") == 0;
  std::printf("seed %llu\n", static_cast<unsigned long long>(seed));
  dice.seed(seed);
  count_allocations();
  resets_allowed = false;
  // The first loop opens what stays for the whole process.
  run({1, 1});
  const int descriptors = open_descriptors();
  const long long allocations = live_allocations;
  for (int turn = 0; turn < 4; ++turn) {
    resets_allowed = turn % 2 == 1;
    run(plan);
    if (open_descriptors() != descriptors)
      fail("descriptors left open", open_descriptors() - descriptors);
    if (live_allocations != allocations)
      fail("memory not released", live_allocations - allocations);
  }
  std::printf("connections %llu, resets %llu, bytes %llu\n",
              static_cast<unsigned long long>(connections), static_cast<unsigned long long>(resets),
              static_cast<unsigned long long>(bytes_received));
  return 0;
}

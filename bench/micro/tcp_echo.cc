// Connections that play ping-pong in one process, for each size of messages.
#include <cstddef>
#include <memory>
#include <vector>

#include "cases.h"

namespace {

using bench::check;

struct Run;

// An end of a connection: it sends back whatever has come in completely.
struct End {
  uv_tcp_t tcp;
  uv_connect_t connect;
  uv_write_t write;
  Run* run;
  std::size_t received;
  bool is_client;
  std::vector<char> bytes;
};

struct Run {
  explicit Run(benchmark::State& state)
      : operations(state, state.range(1)),
        message_size(static_cast<std::size_t>(state.range(0))),
        unconnected(static_cast<std::size_t>(state.range(1))) {}

  bench::Operations operations;
  const std::size_t message_size;
  std::size_t unconnected;
  bench::Loop loop;
  uv_tcp_t server;
  sockaddr_in address;
  std::vector<std::unique_ptr<End>> ends;
};

End& add_end(Run& run, bool is_client) {
  run.ends.push_back(std::make_unique<End>());
  End& end = *run.ends.back();
  end.run = &run;
  end.received = 0;
  end.is_client = is_client;
  end.bytes.resize(run.message_size);
  check(uv_tcp_init(run.loop.get(), &end.tcp), "uv_tcp_init");
  end.tcp.data = &end;
  return end;
}

void send(End& end) {
  uv_buf_t buffer = uv_buf_init(end.bytes.data(), static_cast<unsigned int>(end.bytes.size()));
  check(uv_write(&end.write, reinterpret_cast<uv_stream_t*>(&end.tcp), &buffer, 1,
                 [](uv_write_t*, int) {}),
        "uv_write");
}

void on_allocate(uv_handle_t*, std::size_t, uv_buf_t* buffer) {
  static char sink[1 << 20];
  *buffer = uv_buf_init(sink, sizeof(sink));
}

void on_read(uv_stream_t* stream, ssize_t count, const uv_buf_t*) {
  check(count, "reading");
  End& end = *static_cast<End*>(stream->data);
  end.received += static_cast<std::size_t>(count);
  if (end.received < end.run->message_size) return;
  end.received = 0;
  if (end.is_client && !end.run->operations.another())
    return bench::close_all(*end.run->loop.get());
  send(end);
}

void start_reading(End& end) {
  uv_tcp_nodelay(&end.tcp, 1);
  check(uv_read_start(reinterpret_cast<uv_stream_t*>(&end.tcp), on_allocate, on_read),
        "uv_read_start");
}

void on_connection(uv_stream_t* server, int status) {
  check(status, "accepting");
  End& end = add_end(*static_cast<Run*>(server->data), false);
  check(uv_accept(server, reinterpret_cast<uv_stream_t*>(&end.tcp)), "uv_accept");
  start_reading(end);
}

void play(Run& run) {
  for (std::unique_ptr<End>& end : run.ends) {
    if (end->is_client) send(*end);
  }
}

void on_connect(uv_connect_t* request, int status) {
  check(status, "connecting");
  End& end = *static_cast<End*>(request->handle->data);
  start_reading(end);
  if (--end.run->unconnected == 0) play(*end.run);
}

void listen(Run& run) {
  check(uv_tcp_init(run.loop.get(), &run.server), "uv_tcp_init");
  run.server.data = &run;
  uv_ip4_addr("127.0.0.1", 0, &run.address);
  check(uv_tcp_bind(&run.server, reinterpret_cast<sockaddr*>(&run.address), 0), "uv_tcp_bind");
  check(uv_listen(reinterpret_cast<uv_stream_t*>(&run.server), 1024, on_connection), "uv_listen");
  int size = sizeof(run.address);
  uv_tcp_getsockname(&run.server, reinterpret_cast<sockaddr*>(&run.address), &size);
}

void connect(Run& run) {
  End& end = add_end(run, true);
  check(
      uv_tcp_connect(&end.connect, &end.tcp, reinterpret_cast<sockaddr*>(&run.address), on_connect),
      "uv_tcp_connect");
}

// An operation is a round trip.
void ping_pong(benchmark::State& state) {
  Run run(state);
  listen(run);
  for (std::int64_t i = 0; i < state.range(1); ++i)
    connect(run);
  run.loop.run();
}
BENCHMARK(ping_pong)
    ->ArgNames({"bytes", "connections"})
    ->ArgsProduct({{64, 1024, 16384, 262144}, {64}})
    ->Apply(bench::all_threads);

}  // namespace

BENCHMARK_MAIN();

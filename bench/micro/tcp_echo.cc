// N connections that play ping-pong in one process, for each message size. It knows uv.h only and
// prints the time per round trip, so that it can be compared on any two of libuv.so.1:
//
//   LD_LIBRARY_PATH=<folder> tcp_echo [connections] [milliseconds per case]
#include <uv.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <vector>

namespace {

struct Run;

// Both ends of a connection: an end sends back whatever has come in completely.
struct End {
  uv_tcp_t tcp;
  uv_write_t write;
  Run* run;
  size_t received;
  bool is_client;
  std::vector<char> bytes;
};

struct Run {
  uv_loop_t loop;
  uv_tcp_t server;
  uv_timer_t timer;
  sockaddr_in address;
  size_t message_size;
  unsigned long round_trips = 0;
  bool over = false;
  std::vector<std::unique_ptr<End>> ends;
  std::vector<std::unique_ptr<uv_connect_t>> connects;
};

void check(int result, const char* what) {
  if (result >= 0) return;
  std::fprintf(stderr, "%s: %s\n", what, uv_strerror(result));
  std::exit(1);
}

End& add_end(Run& run, bool is_client) {
  run.ends.push_back(std::make_unique<End>());
  End& end = *run.ends.back();
  end.run = &run;
  end.received = 0;
  end.is_client = is_client;
  end.bytes.resize(run.message_size);
  check(uv_tcp_init(&run.loop, &end.tcp), "uv_tcp_init");
  end.tcp.data = &end;
  return end;
}

void send(End& end) {
  uv_buf_t buffer = uv_buf_init(end.bytes.data(), static_cast<unsigned int>(end.bytes.size()));
  check(uv_write(&end.write, reinterpret_cast<uv_stream_t*>(&end.tcp), &buffer, 1,
                 [](uv_write_t*, int) {}),
        "uv_write");
}

void on_allocate(uv_handle_t*, size_t, uv_buf_t* buffer) {
  static char sink[1 << 20];
  *buffer = uv_buf_init(sink, sizeof(sink));
}

void on_read(uv_stream_t* stream, ssize_t count, const uv_buf_t*) {
  End& end = *static_cast<End*>(stream->data);
  if (count < 0) return uv_close(reinterpret_cast<uv_handle_t*>(stream), nullptr);
  end.received += static_cast<size_t>(count);
  if (end.received < end.run->message_size) return;
  end.received = 0;
  if (end.is_client) ++end.run->round_trips;
  if (end.run->over) return;
  send(end);
}

void start(End& end) {
  uv_tcp_nodelay(&end.tcp, 1);
  check(uv_read_start(reinterpret_cast<uv_stream_t*>(&end.tcp), on_allocate, on_read),
        "uv_read_start");
}

void on_connection(uv_stream_t* server, int status) {
  check(status, "accepting");
  End& end = add_end(*static_cast<Run*>(server->data), false);
  check(uv_accept(server, reinterpret_cast<uv_stream_t*>(&end.tcp)), "uv_accept");
  start(end);
}

void on_connect(uv_connect_t* request, int status) {
  check(status, "connecting");
  End& end = *static_cast<End*>(request->handle->data);
  start(end);
  send(end);
}

void end_run(Run& run) {
  run.over = true;
  uv_walk(
      &run.loop,
      [](uv_handle_t* handle, void*) {
        if (!uv_is_closing(handle)) uv_close(handle, nullptr);
      },
      nullptr);
}

void listen(Run& run) {
  check(uv_tcp_init(&run.loop, &run.server), "uv_tcp_init");
  run.server.data = &run;
  uv_ip4_addr("127.0.0.1", 0, &run.address);
  check(uv_tcp_bind(&run.server, reinterpret_cast<sockaddr*>(&run.address), 0), "uv_tcp_bind");
  check(uv_listen(reinterpret_cast<uv_stream_t*>(&run.server), 1024, on_connection), "uv_listen");
  int size = sizeof(run.address);
  uv_tcp_getsockname(&run.server, reinterpret_cast<sockaddr*>(&run.address), &size);
}

void connect(Run& run) {
  End& end = add_end(run, true);
  run.connects.push_back(std::make_unique<uv_connect_t>());
  check(uv_tcp_connect(run.connects.back().get(), &end.tcp,
                       reinterpret_cast<sockaddr*>(&run.address), on_connect),
        "uv_tcp_connect");
}

double round_trip_ns(size_t message_size, int connections, unsigned milliseconds) {
  auto run = std::make_unique<Run>();
  run->message_size = message_size;
  check(uv_loop_init(&run->loop), "uv_loop_init");
  listen(*run);
  for (int i = 0; i < connections; ++i)
    connect(*run);
  uv_timer_init(&run->loop, &run->timer);
  run->timer.data = run.get();
  uv_timer_start(
      &run->timer, [](uv_timer_t* timer) { end_run(*static_cast<Run*>(timer->data)); },
      milliseconds, 0);
  std::uint64_t started = uv_hrtime();
  uv_run(&run->loop, UV_RUN_DEFAULT);
  double passed = static_cast<double>(uv_hrtime() - started);
  check(uv_loop_close(&run->loop), "uv_loop_close");
  return passed / static_cast<double>(run->round_trips);
}

}  // namespace

int main(int count, char** arguments) {
  int connections = count > 1 ? std::atoi(arguments[1]) : 64;
  int milliseconds = count > 2 ? std::atoi(arguments[2]) : 500;
  for (size_t size : {size_t{64}, size_t{1024}, size_t{16384}, size_t{262144}}) {
    char name[32];
    std::snprintf(name, sizeof(name), "%zu bytes", size);
    std::printf("%-32s %10.1f ns\n", name,
                round_trip_ns(size, connections, static_cast<unsigned>(milliseconds)));
  }
}

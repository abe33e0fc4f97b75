// Many connections, one after the other and some at a time: each sends a few bytes, is answered and
// ends in one of several ways. In the end all callbacks have run once, and descriptors and memory
// are as they were.
//
//     soak_connections COUNT [AT_A_TIME]
#include <uv.h>

#include <cstring>

#include "soak.h"

namespace {

enum class Ending { kClientCloses, kServerCloses, kClientResets, kHalfCloses, kNobodyReads };
constexpr int kEndings = 5;
constexpr char kText[] = "?a few bytes";  // the first tells the ending
constexpr std::size_t kSize = sizeof(kText);

struct End {
  uv_tcp_t handle;
  uv_connect_t connecting;
  uv_write_t writing;
  uv_shutdown_t shutting;
  Ending ending;
  bool is_client;
  int pending;  // requests whose callback has not run
  std::size_t received;
  char text[16];
  char memory[64];
};

uv_loop_t loop;
uv_tcp_t server;
sockaddr_in address;
long to_start = 0;
long alive = 0;  // ends that have not been closed
long connected = 0;
long answered = 0;

uv_stream_t* stream_of(End& end) {
  return reinterpret_cast<uv_stream_t*>(&end.handle);
}

void start_client();

void on_closed(uv_handle_t* handle) {
  End* end = static_cast<End*>(handle->data);
  if (end->pending != 0) fail("requests without a callback", end->pending);
  const bool goes_on = end->is_client && to_start > 0;
  delete end;
  --alive;
  if (goes_on) start_client();
  if (alive == 0 && to_start == 0) uv_close(reinterpret_cast<uv_handle_t*>(&server), nullptr);
}

void close_end(End& end) {
  auto* handle = reinterpret_cast<uv_handle_t*>(&end.handle);
  if (!uv_is_closing(handle)) uv_close(handle, on_closed);
}

void on_written(uv_write_t* request, int) {
  --static_cast<End*>(request->data)->pending;
}

void send_text(End& end) {
  std::memcpy(end.text, kText, kSize);
  end.text[0] = static_cast<char>(end.ending);
  const uv_buf_t buffer = uv_buf_init(end.text, kSize);
  end.writing.data = &end;
  if (uv_write(&end.writing, stream_of(end), &buffer, 1, on_written) == 0) ++end.pending;
}

void end_client(End& end) {
  ++answered;
  switch (end.ending) {
    case Ending::kClientResets:
      must(uv_tcp_close_reset(&end.handle, on_closed), "uv_tcp_close_reset");
      break;
    case Ending::kHalfCloses:
      end.shutting.data = &end;
      ++end.pending;
      must(uv_shutdown(
               &end.shutting, stream_of(end),
               [](uv_shutdown_t* request, int) { --static_cast<End*>(request->data)->pending; }),
           "uv_shutdown");
      break;
    case Ending::kServerCloses:
      break;
    default:
      close_end(end);
  }
}

void take_text(End& end, char* bytes, std::size_t size) {
  if (end.received + size > kSize) fail("too many bytes", static_cast<long long>(size));
  if (end.received == 0) {
    // The client says how it is to end.
    if (!end.is_client) end.ending = static_cast<Ending>(bytes[0]);
    if (bytes[0] != static_cast<char>(end.ending)) fail("another's ending", bytes[0]);
    bytes[0] = kText[0];
  }
  if (std::memcmp(bytes, kText + end.received, size) != 0) fail("wrong bytes", bytes[0]);
  end.received += size;
}

void on_read(uv_stream_t* stream, ssize_t size, const uv_buf_t* buffer) {
  End& end = *static_cast<End*>(stream->data);
  if (size < 0) return close_end(end);
  if (size == 0) return;
  take_text(end, buffer->base, static_cast<std::size_t>(size));
  if (end.received < kSize) return;
  if (end.is_client) return end_client(end);
  send_text(end);
  if (end.ending == Ending::kServerCloses) {
    // What was written goes out first.
    end.shutting.data = &end;
    ++end.pending;
    must(uv_shutdown(&end.shutting, stream,
                     [](uv_shutdown_t* request, int) {
                       End& owner = *static_cast<End*>(request->data);
                       --owner.pending;
                       close_end(owner);
                     }),
         "uv_shutdown");
  }
}

void lend(uv_handle_t* handle, std::size_t, uv_buf_t* buffer) {
  End& end = *static_cast<End*>(handle->data);
  *buffer = uv_buf_init(end.memory, sizeof(end.memory));
}

End* make_end(bool is_client, Ending ending) {
  End* end = new End{};
  ++alive;
  end->is_client = is_client;
  end->ending = ending;
  end->handle.data = end;
  must(uv_tcp_init(&loop, &end->handle), "uv_tcp_init");
  end->handle.data = end;
  return end;
}

void on_connected(uv_connect_t* request, int status) {
  End& end = *static_cast<End*>(request->data);
  --end.pending;
  if (status != 0) fail("connecting", status);
  ++connected;
  send_text(end);
  if (end.ending == Ending::kNobodyReads) return close_end(end);
  must(uv_read_start(stream_of(end), lend, on_read), "uv_read_start");
}

void start_client() {
  --to_start;
  End* end = make_end(true, static_cast<Ending>(roll(kEndings)));
  end->connecting.data = end;
  ++end->pending;
  must(uv_tcp_connect(&end->connecting, &end->handle, reinterpret_cast<sockaddr*>(&address),
                      on_connected),
       "uv_tcp_connect");
}

void on_connection(uv_stream_t* listener, int status) {
  if (status != 0) fail("accepting", status);
  End* end = make_end(false, Ending::kClientCloses);
  must(uv_accept(listener, stream_of(*end)), "uv_accept");
  // One that was reset meanwhile may refuse.
  if (uv_read_start(stream_of(*end), lend, on_read) != 0) close_end(*end);
}

void run(long count, long at_a_time) {
  must(uv_loop_init(&loop), "uv_loop_init");
  must(uv_tcp_init(&loop, &server), "uv_tcp_init");
  uv_ip4_addr("127.0.0.1", 0, &address);
  must(uv_tcp_bind(&server, reinterpret_cast<sockaddr*>(&address), 0), "uv_tcp_bind");
  must(uv_listen(reinterpret_cast<uv_stream_t*>(&server), 128, on_connection), "uv_listen");
  int size = sizeof(address);
  must(uv_tcp_getsockname(&server, reinterpret_cast<sockaddr*>(&address), &size), "its name");
  to_start = count;
  for (long i = 0; i < at_a_time && to_start > 0; ++i)
    start_client();
  uv_run(&loop, UV_RUN_DEFAULT);
  if (alive != 0) fail("ends that were never closed", alive);
  must(uv_loop_close(&loop), "uv_loop_close");
}

}  // namespace

int main(int argc, char** argv) {
  const long count = argc > 1 ? std::atol(argv[1]) : 2000;
  const long at_a_time = argc > 2 ? std::atol(argv[2]) : 40;
  dice.seed(1);
  count_allocations();
  // The first loop opens what stays for the whole process.
  run(at_a_time, at_a_time);
  const int descriptors = open_descriptors();
  const long long allocations = live_allocations;
  connected = answered = 0;
  run(count, at_a_time);
  if (open_descriptors() > descriptors)
    fail("descriptors left open", open_descriptors() - descriptors);
  if (live_allocations != allocations) fail("memory not released", live_allocations - allocations);
  if (connected != count) fail("connections missing", count - connected);
  std::printf("connections %ld, answered %ld\n", connected, answered);
  return 0;
}

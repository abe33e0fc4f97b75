// An echo server on uv.h alone: `server tcp|unix|udp ADDRESS`. For tcp and udp the address is
// ignored and a free loopback port taken; the first line of output is where it listens. Ends with
// SIGTERM.
#include <uv.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

constexpr std::size_t kBufferSize = 64 * 1024;

void require(int status, const char* what) {
  if (status >= 0) return;
  std::fprintf(stderr, "%s: %s\n", what, uv_strerror(status));
  std::exit(1);
}

// A connection with room for one message under way: the client waits for each echo.
struct Connection {
  union {
    uv_tcp_t tcp;
    uv_pipe_t pipe;
    uv_stream_t stream;
    uv_handle_t handle;
  };
  uv_write_t write;
  char bytes[kBufferSize];
};

struct Datagrams {
  uv_udp_t handle;
  char bytes[kBufferSize];
};

struct Datagram {
  uv_udp_send_t request;
  char bytes[2048];
};

uv_loop_t loop;
bool unix_sockets = false;

void on_closed(uv_handle_t* handle) {
  delete static_cast<Connection*>(handle->data);
}

void allocate(uv_handle_t* handle, std::size_t, uv_buf_t* buffer) {
  Connection* connection = static_cast<Connection*>(handle->data);
  *buffer = uv_buf_init(connection->bytes, kBufferSize);
}

void on_read(uv_stream_t* stream, ssize_t count, const uv_buf_t* buffer) {
  Connection* connection = static_cast<Connection*>(stream->data);
  if (count < 0) return uv_close(&connection->handle, on_closed);
  uv_buf_t echo = uv_buf_init(buffer->base, static_cast<unsigned int>(count));
  uv_write(&connection->write, stream, &echo, 1, nullptr);
}

void on_connection(uv_stream_t* server, int status) {
  require(status, "accept");
  Connection* connection = new Connection;
  if (unix_sockets) {
    uv_pipe_init(&loop, &connection->pipe, 0);
  } else {
    uv_tcp_init(&loop, &connection->tcp);
  }
  connection->stream.data = connection;
  require(uv_accept(server, &connection->stream), "uv_accept");
  if (!unix_sockets) uv_tcp_nodelay(&connection->tcp, 1);
  uv_read_start(&connection->stream, allocate, on_read);
}

void allocate_datagram(uv_handle_t* handle, std::size_t, uv_buf_t* buffer) {
  *buffer = uv_buf_init(static_cast<Datagrams*>(handle->data)->bytes, kBufferSize);
}

void on_sent(uv_udp_send_t* request, int) {
  delete static_cast<Datagram*>(request->data);
}

void on_datagram(uv_udp_t* handle, ssize_t count, const uv_buf_t* buffer, const sockaddr* address,
                 unsigned) {
  if (address == nullptr || count < 0) return;
  Datagram* datagram = new Datagram;
  datagram->request.data = datagram;
  std::memcpy(datagram->bytes, buffer->base, static_cast<std::size_t>(count));
  uv_buf_t echo = uv_buf_init(datagram->bytes, static_cast<unsigned int>(count));
  uv_udp_send(&datagram->request, handle, &echo, 1, address, on_sent);
}

void announce_port(const sockaddr_in& address) {
  std::printf("%d\n", (reinterpret_cast<const unsigned char*>(&address.sin_port)[0] << 8) +
                          reinterpret_cast<const unsigned char*>(&address.sin_port)[1]);
  std::fflush(stdout);
}

void serve_tcp() {
  static uv_tcp_t server;
  sockaddr_in address;
  int size = sizeof(address);
  uv_ip4_addr("127.0.0.1", 0, &address);
  uv_tcp_init(&loop, &server);
  require(uv_tcp_bind(&server, reinterpret_cast<sockaddr*>(&address), 0), "bind");
  require(uv_listen(reinterpret_cast<uv_stream_t*>(&server), 4096, on_connection), "listen");
  uv_tcp_getsockname(&server, reinterpret_cast<sockaddr*>(&address), &size);
  announce_port(address);
}

void serve_unix(const char* path) {
  static uv_pipe_t server;
  unix_sockets = true;
  uv_pipe_init(&loop, &server, 0);
  require(uv_pipe_bind(&server, path), "bind");
  require(uv_listen(reinterpret_cast<uv_stream_t*>(&server), 4096, on_connection), "listen");
  std::printf("%s\n", path);
  std::fflush(stdout);
}

void serve_udp() {
  static Datagrams server;
  sockaddr_in address;
  int size = sizeof(address);
  uv_ip4_addr("127.0.0.1", 0, &address);
  uv_udp_init(&loop, &server.handle);
  server.handle.data = &server;
  require(uv_udp_bind(&server.handle, reinterpret_cast<sockaddr*>(&address), 0), "bind");
  require(uv_udp_recv_start(&server.handle, allocate_datagram, on_datagram), "receive");
  uv_udp_getsockname(&server.handle, reinterpret_cast<sockaddr*>(&address), &size);
  announce_port(address);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  // libuv writes with write(2): a client that is gone would end the server.
  std::signal(SIGPIPE, SIG_IGN);
  require(uv_loop_init(&loop), "loop");
  if (std::strcmp(argv[1], "udp") == 0) {
    serve_udp();
  } else if (std::strcmp(argv[1], "unix") == 0 && argc > 2) {
    serve_unix(argv[2]);
  } else {
    serve_tcp();
  }
  return uv_run(&loop, UV_RUN_DEFAULT);
}

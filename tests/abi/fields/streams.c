/* Lives of TCP handles, pipes and terminals. */
#define _GNU_SOURCE
#include <pty.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "show.h"

/* A server, a client and the accepted end; pipes fit into the same memory. */
union stream {
  uv_stream_t stream;
  uv_tcp_t tcp;
  uv_pipe_t pipe;
};

static union stream server, client, accepted;
static uv_connect_t connecting;
static uv_write_t writing;
static uv_shutdown_t shutting;

static uv_handle_t* fresh(union stream* stream) {
  memset(stream, 0, sizeof(*stream));
  return (uv_handle_t*)stream;
}

static void on_shutdown(uv_shutdown_t* request, int status) {
  CHECK(status == 0);
  show("shutdown callback", request->handle);
}

static void on_write(uv_write_t* request, int status) {
  CHECK(status == 0);
  show_write("write callback", request);
  show("write callback", request->handle);
  CHECK(uv_shutdown(&shutting, request->handle, on_shutdown) == 0);
  show("shutdown called", request->handle);
}

static void on_read(uv_stream_t* stream, ssize_t count, const uv_buf_t* buffer) {
  (void)buffer;
  show(count < 0 ? "end" : "read", stream);
  if (count > 0) return;
  CHECK(count == UV_EOF);
  CHECK(uv_read_start(stream, allocate, on_read) == 0);
  show("reading after the end", stream);
  CHECK(uv_read_stop(stream) == 0);
  uv_close((uv_handle_t*)&accepted, closed);
  show("close called", &accepted);
  uv_close((uv_handle_t*)&client, closed);
  uv_close((uv_handle_t*)&server, NULL);
  show("close called", &server);
}

static void on_connection(uv_stream_t* listener, int status) {
  CHECK(status == 0);
  show("connection callback", listener);
  if (listener->type == UV_TCP) {
    CHECK(uv_tcp_init(&loop, (uv_tcp_t*)fresh(&accepted)) == 0);
  } else {
    CHECK(uv_pipe_init(&loop, (uv_pipe_t*)fresh(&accepted), 0) == 0);
  }
  show("before accept", &accepted);
  CHECK(uv_accept(listener, &accepted.stream) == 0);
  show("accepted", &accepted);
  int type = 0;
  socklen_t size = sizeof(type);
  CHECK(getsockopt(accepted.stream.io_watcher.fd, SOL_SOCKET, SO_TYPE, &type, &size) == 0);
  CHECK(type == SOCK_STREAM);
  CHECK(uv_read_start(&accepted.stream, allocate, on_read) == 0);
  show("reading", &accepted);
  CHECK(uv_read_stop(&accepted.stream) == 0);
  show("read stopped", &accepted);
  CHECK(uv_read_start(&accepted.stream, allocate, on_read) == 0);
}

static void on_connect(uv_connect_t* request, int status) {
  CHECK(status == 0 && request->handle == &client.stream);
}

static void write_and_wait(int count) {
  uv_buf_t buffers[8];
  for (int i = 0; i < count; ++i)
    buffers[i] = uv_buf_init("text", 4);
  CHECK(uv_write(&writing, &client.stream, buffers, (unsigned int)count, on_write) == 0);
  printf("write called: nbufs %u, handle %d\n", writing.nbufs, writing.handle == &client.stream);
  finish();
  show("after close", &client);
}

static void listen_on(void* handle) {
  CHECK(uv_listen(handle, 5, on_connection) == 0);
  show("listening", handle);
}

/* Runs until both ends of the connection are there. */
static void meet(void) {
  accepted.stream.io_watcher.fd = -1;
  shows_counts = 0;
  for (int i = 0; i < 1000; ++i) {
    if (loop.active_reqs.count == 0 && accepted.stream.io_watcher.fd != -1) break;
    uv_run(&loop, UV_RUN_ONCE);
  }
  shows_counts = 1;
  show("connected", &client);
}

static void tcp_life(const char* address, int buffers) {
  struct sockaddr_storage name;
  int size = sizeof(name);
  if (uv_ip4_addr(address, 0, (struct sockaddr_in*)&name) != 0)
    CHECK(uv_ip6_addr(address, 0, (struct sockaddr_in6*)&name) == 0);
  printf("== TCP, %s, %d buffers\n", address, buffers);
  CHECK(uv_tcp_init(&loop, (uv_tcp_t*)fresh(&server)) == 0);
  show("init", &server);
  CHECK(uv_tcp_bind(&server.tcp, (const struct sockaddr*)&name, 0) == 0);
  show("bound", &server);
  listen_on(&server);
  CHECK(uv_tcp_getsockname(&server.tcp, (struct sockaddr*)&name, &size) == 0);
  CHECK(uv_tcp_init(&loop, (uv_tcp_t*)fresh(&client)) == 0);
  CHECK(uv_tcp_connect(&connecting, &client.tcp, (const struct sockaddr*)&name, on_connect) == 0);
  show("connect called", &client);
  meet();
  write_and_wait(buffers);
}

static void tcp_options(void) {
  printf("== TCP options\n");
  CHECK(uv_tcp_init(&loop, (uv_tcp_t*)fresh(&client)) == 0);
  CHECK(uv_tcp_nodelay(&client.tcp, 1) == 0);
  show("no delay", &client);
  CHECK(uv_tcp_keepalive(&client.tcp, 1, 60) == 0);
  show("keep alive", &client);
  CHECK(uv_tcp_nodelay(&client.tcp, 0) == 0);
  CHECK(uv_tcp_keepalive(&client.tcp, 0, 60) == 0);
  show("neither", &client);
  CHECK(uv_tcp_simultaneous_accepts(&client.tcp, 0) == 0);
  show("one accept", &client);
  CHECK(uv_tcp_simultaneous_accepts(&client.tcp, 1) == 0);
  uv_unref((uv_handle_t*)&client);
  show("unreferenced", &client);
  close_now(&client);
  CHECK(uv_tcp_init_ex(&loop, (uv_tcp_t*)fresh(&client), AF_INET) == 0);
  show("with a socket", &client);
  CHECK(uv_stream_set_blocking(&client.stream, 1) == 0);
  show("blocking", &client);
  close_now(&client);
  CHECK(uv_tcp_init(&loop, (uv_tcp_t*)fresh(&client)) == 0);
  CHECK(uv_tcp_open(&client.tcp, socket(AF_INET, SOCK_STREAM, 0)) == 0);
  show("opened", &client);
  close_now(&client);
  CHECK(uv_tcp_init(&loop, (uv_tcp_t*)fresh(&server)) == 0);
  listen_on(&server);
  close_now(&server);
}

static void pipe_life(int buffers) {
  char name[64];
  snprintf(name, sizeof(name), "pipe.%d", (int)getpid());
  printf("== pipe, %d buffers\n", buffers);
  CHECK(uv_pipe_init(&loop, (uv_pipe_t*)fresh(&server), 0) == 0);
  show("init", &server);
  show_name("init", &server.pipe, name);
  CHECK(uv_pipe_bind(&server.pipe, "there is no such directory/pipe") < 0);
  show_name("bind refused", &server.pipe, name);
  CHECK(uv_pipe_bind(&server.pipe, name) == 0);
  show("bound", &server);
  show_name("bound", &server.pipe, name);
  listen_on(&server);
  CHECK(uv_pipe_init(&loop, (uv_pipe_t*)fresh(&client), 0) == 0);
  uv_pipe_connect(&connecting, &client.pipe, name, on_connect);
  show("connect called", &client);
  show_name("connect called", &client.pipe, name);
  meet();
  show_name("connected", &client.pipe, name);
  write_and_wait(buffers);
  show_name("after close", &server.pipe, name);
}

static void opened_pipes(void) {
  printf("== opened pipes\n");
  int ends[2];
  CHECK(uv_pipe(ends, 0, 0) == 0);
  for (int end = 0; end < 2; ++end) {
    CHECK(uv_pipe_init(&loop, (uv_pipe_t*)fresh(&client), 0) == 0);
    CHECK(uv_pipe_open(&client.pipe, ends[end]) == 0);
    show(end == 0 ? "reading end" : "writing end", &client);
    if (end == 0) CHECK(uv_read_start(&client.stream, allocate, on_read) == 0);
    if (end == 0) show("reading", &client);
    close_now(&client);
  }
  CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
  CHECK(uv_pipe_init(&loop, (uv_pipe_t*)fresh(&client), 1) == 0);
  show("for handles", &client);
  CHECK(uv_pipe_open(&client.pipe, ends[0]) == 0);
  show("for handles, opened", &client);
  close_now(&client);
  close(ends[1]);
}

static void terminal_life(void) {
  printf("== terminal\n");
  int master, slave;
  static uv_tty_t tty;
  struct termios before;
  CHECK(openpty(&master, &slave, NULL, NULL, NULL) == 0);
  CHECK(tcgetattr(slave, &before) == 0);
  CHECK(uv_tty_init(&loop, &tty, slave, 0) == 0);
  show("init", &tty);
  printf("mode %d\n", tty.mode);
  CHECK(uv_tty_set_mode(&tty, UV_TTY_MODE_RAW) == 0);
  printf("mode %d, settings kept %d\n", tty.mode, tty.orig_termios.c_lflag == before.c_lflag);
  close_now(&tty);
  close(master);
}

void stream_lives(void) {
  tcp_life("127.0.0.1", 1);
  tcp_life("127.0.0.1", 4);
  tcp_life("::1", 7);
  tcp_options();
  pipe_life(1);
  pipe_life(7);
  opened_pipes();
  terminal_life();
}

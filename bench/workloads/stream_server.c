/* A server of streams, until it is ended: stream_server transport=tcp|pipe
 * mode=echo|idle|sink|accept
 *     echo    sends back what comes
 *     idle    the same, with one buffer for all, so that a connection costs what the library needs
 *     sink    counts the bytes that come; at their end it sends the number and closes
 *     accept  closes each connection at once
 * With loops=N, so many threads have a loop and a listener each, on one port. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stream.h"
#include "workload.h"

enum { kBlockSize = 64 * 1024, kMaximumLoops = 64 };

/* Memory for one read, which becomes one write. */
struct block {
  uv_write_t request;
  struct block* next;
  struct server* server;
  char bytes[kBlockSize];
};

struct server {
  uv_loop_t loop;
  union any_stream listener;
  struct block* free_blocks;
};

struct connection {
  union any_stream stream;
  struct server* server;
  uint64_t received;
};

static struct server servers[kMaximumLoops];
static uv_connection_cb on_connection;

static struct block* take_block(struct server* server) {
  struct block* block = server->free_blocks;
  if (block == NULL) {
    block = malloc(sizeof(*block));
    if (block == NULL) fail("out of memory");
    block->server = server;
  } else {
    server->free_blocks = block->next;
  }
  return block;
}

static void give_back(struct block* block) {
  block->next = block->server->free_blocks;
  block->server->free_blocks = block;
}

static struct block* block_of(char* bytes) {
  return (struct block*)(bytes - offsetof(struct block, bytes));
}

static void on_closed(uv_handle_t* handle) {
  free(handle->data);
}

static void on_allocate(uv_handle_t* handle, size_t suggested, uv_buf_t* buffer) {
  struct connection* connection = handle->data;
  (void)suggested;
  *buffer = uv_buf_init(take_block(connection->server)->bytes, kBlockSize);
}

static void on_echoed(uv_write_t* request, int status) {
  struct block* block = (struct block*)((char*)request - offsetof(struct block, request));
  (void)status;
  give_back(block);
}

static void on_read_for_echo(uv_stream_t* stream, ssize_t count, const uv_buf_t* buffer) {
  struct connection* connection = stream->data;
  uv_buf_t echo;
  if (count <= 0) {
    if (buffer->base != NULL) give_back(block_of(buffer->base));
    if (count < 0) uv_close(&connection->stream.handle, on_closed);
    return;
  }
  echo = uv_buf_init(buffer->base, (unsigned)count);
  if (uv_write(&block_of(buffer->base)->request, stream, &echo, 1, on_echoed) != 0) {
    give_back(block_of(buffer->base));
  }
}

static void on_allocate_shared(uv_handle_t* handle, size_t suggested, uv_buf_t* buffer) {
  static char bytes[4096];
  (void)handle, (void)suggested;
  *buffer = uv_buf_init(bytes, sizeof(bytes));
}

/* A connection has one small message under way, for which there is room. */
static void on_read_for_idle(uv_stream_t* stream, ssize_t count, const uv_buf_t* buffer) {
  struct connection* connection = stream->data;
  uv_buf_t echo;
  if (count < 0) uv_close(&connection->stream.handle, on_closed);
  if (count <= 0) return;
  echo = uv_buf_init(buffer->base, (unsigned)count);
  if (uv_try_write(stream, &echo, 1) != (int)count) fail("there was no room for a message");
}

static void on_told(uv_write_t* request, int status) {
  struct connection* connection = request->handle->data;
  on_echoed(request, status);
  uv_close(&connection->stream.handle, on_closed);
}

static void tell_sum(struct connection* connection) {
  struct block* block = take_block(connection->server);
  const int length = snprintf(block->bytes, 32, "%llu\n", (unsigned long long)connection->received);
  uv_buf_t buffer = uv_buf_init(block->bytes, (unsigned)length);
  if (uv_write(&block->request, &connection->stream.stream, &buffer, 1, on_told) != 0) {
    give_back(block);
    uv_close(&connection->stream.handle, on_closed);
  }
}

static void on_read_for_sink(uv_stream_t* stream, ssize_t count, const uv_buf_t* buffer) {
  struct connection* connection = stream->data;
  if (buffer->base != NULL) give_back(block_of(buffer->base));
  if (count >= 0) {
    connection->received += (uint64_t)count;
  } else if (count == UV_EOF) {
    tell_sum(connection);
  } else {
    uv_close(&connection->stream.handle, on_closed);
  }
}

static struct connection* accept_connection(uv_stream_t* listener, int status) {
  struct connection* connection = allocate_zeroed(1, sizeof(*connection));
  require(status, "accepting");
  connection->server = listener->data;
  stream_init(listener->loop, &connection->stream);
  connection->stream.handle.data = connection;
  require(uv_accept(listener, &connection->stream.stream), "uv_accept");
  return connection;
}

static void on_connection_for_echo(uv_stream_t* listener, int status) {
  struct connection* connection = accept_connection(listener, status);
  stream_prepare(&connection->stream);
  uv_read_start(&connection->stream.stream, on_allocate, on_read_for_echo);
}

static void on_connection_for_idle(uv_stream_t* listener, int status) {
  uv_read_start(&accept_connection(listener, status)->stream.stream, on_allocate_shared,
                on_read_for_idle);
}

static void on_connection_for_sink(uv_stream_t* listener, int status) {
  struct connection* connection = accept_connection(listener, status);
  uv_read_start(&connection->stream.stream, on_allocate, on_read_for_sink);
}

static void on_connection_to_close(uv_stream_t* listener, int status) {
  uv_close(&accept_connection(listener, status)->stream.handle, on_closed);
}

static void listen_on(struct server* server, unsigned port, unsigned flags) {
  int error;
  require(uv_loop_init(&server->loop), "uv_loop_init");
  stream_init(&server->loop, &server->listener);
  server->listener.handle.data = server;
  stream_bind(&server->listener, port, flags);
  error = uv_listen(&server->listener.stream, 4096, on_connection);
  /* A library from before 1.49 does not know the flag and overlooks it. */
  if (flags != 0 && error == UV_EADDRINUSE) lacks("no UV_TCP_REUSEPORT");
  require(error, "uv_listen");
}

static void serve(void* argument) {
  uv_run(&((struct server*)argument)->loop, UV_RUN_DEFAULT);
}

int main(int argc, char** argv) {
  char address[256];
  unsigned loops;
  uv_thread_t threads[kMaximumLoops];
  options_read(argc, argv);
  loops = option_count("loops", 1);
  if (loops > kMaximumLoops) fail("too many loops");
  const char* mode = option_text("mode", "echo");
  on_connection = strcmp(mode, "sink") == 0     ? on_connection_for_sink
                  : strcmp(mode, "idle") == 0   ? on_connection_for_idle
                  : strcmp(mode, "accept") == 0 ? on_connection_to_close
                                                : on_connection_for_echo;
#if defined(SIGPIPE)
  /* A client that is gone would end the server. */
  signal(SIGPIPE, SIG_IGN);
#endif
  for (unsigned i = 0; i < loops; ++i) {
    listen_on(&servers[i], i == 0 ? 0 : stream_port(&servers[0].listener),
              loops > 1 ? UV_TCP_REUSEPORT : 0);
  }
  snprintf(address, sizeof(address), "%s", option_text("path", ""));
  if (!is_pipe()) snprintf(address, sizeof(address), "%u", stream_port(&servers[0].listener));
  for (unsigned i = 1; i < loops; ++i)
    require(uv_thread_create(&threads[i], serve, &servers[i]), "uv_thread_create");
  say_ready(address);
  serve(&servers[0]);
  return 0;
}

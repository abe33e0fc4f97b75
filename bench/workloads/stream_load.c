/* The load on a server of streams: stream_load address=WHERE transport=tcp|pipe mode=...
 *     echo     each of `connections` sends a message of `bytes` and waits for its echo
 *     pump     each connection sends messages of `bytes`, four at a time, until the time is up
 *     batch    each connection gives `batch` messages to the library at once, and again when all
 * are sent connect  so many connections are under way; each waits until the server closes it idle
 * the connections have sent one message each and are left alone Every echo is compared with what
 * was sent; what was pumped, with the number that the server tells. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stream.h"
#include "workload.h"

/* Messages begin at different places of a text without a pattern, so that a stale echo shows. */
enum { kOffsets = 256, kPumpedAtOnce = 4, kConnectingAtOnce = 256, kToldSize = 32 };

struct connection {
  union any_stream stream;
  uv_connect_t connect;
  uv_shutdown_t shutdown;
  uv_write_t* writes;
  unsigned number;
  unsigned message;  /* Which one is under way. */
  unsigned received; /* Of it. */
  unsigned writing;
  uint64_t sent_at;
  uint64_t answers;
  uint64_t sent_bytes;
  char told[kToldSize];
};

static uv_loop_t loop;
static uv_timer_t timer;
static struct connection* connections;
static unsigned connection_total, message_size, writes_at_once;
static unsigned connected, answered, unfinished;
static char* text;
static char read_buffer[256 * 1024];
static uint64_t operations, ran_for;
static int running, over, in_batches;

static void (*on_connected)(struct connection* connection);

/* -- echo -- */

static const char* message_of(const struct connection* connection) {
  return text + (connection->number * 7 + connection->message) % kOffsets;
}

static void ignore_written(uv_write_t* request, int status) {
  (void)request;
  if (status != 0 && status != UV_ECANCELED) require(status, "writing");
}

static void send_message(struct connection* connection) {
  uv_buf_t buffer;
  ++connection->message;
  connection->received = 0;
  buffer = uv_buf_init((char*)message_of(connection), message_size);
  connection->sent_at = uv_hrtime();
  require(uv_write(connection->writes, &connection->stream.stream, &buffer, 1, ignore_written),
          "uv_write");
}

/* To close connections is work for the server, which is looked at when the result comes: that is
 * done afterwards. */
static void end_run(void) {
  over = 1;
  ran_for = nanoseconds_since_go();
  uv_stop(&loop);
}

static void close_all(void) {
  for (unsigned i = 0; i < connection_total; ++i) {
    if (!uv_is_closing(&connections[i].stream.handle)) {
      stream_close_at_once(&connections[i].stream, NULL);
    }
  }
  uv_run(&loop, UV_RUN_DEFAULT);
}

static void start_echo(struct connection* connection);

static int all_were_answered(void) {
  for (unsigned i = 0; i < connection_total; ++i) {
    if (connections[i].answers == 0) return 0;
  }
  return 1;
}

static void on_time_up(uv_timer_t* unused) {
  (void)unused;
  if (on_connected == start_echo && !all_were_answered()) {
    /* On a busy machine a short run goes on; a server that forgets somebody waits for the harness.
     */
    require(uv_timer_start(&timer, on_time_up, 1, 0), "uv_timer_start");
    return;
  }
  end_run();
}

/* All connections have had an answer: from here on it counts. */
static void begin_run(void) {
  await_go();
  running = 1;
  uv_update_time(&loop);
  require(uv_timer_start(&timer, on_time_up, (uint64_t)(option_number("seconds", 0.5) * 1e3), 0),
          "uv_timer_start");
  for (unsigned i = 0; i < connection_total; ++i)
    connections[i].answers = 0;
}

static void on_echo(struct connection* connection) {
  const int is_first = connection->answers++ == 0;
  if (!running) {
    if (is_first && ++answered == connection_total) {
      begin_run();
      for (unsigned i = 0; i < connection_total; ++i)
        send_message(&connections[i]);
    }
    return;
  }
  ++operations;
  record_latency(uv_hrtime() - connection->sent_at);
  send_message(connection);
}

static void on_allocate(uv_handle_t* handle, size_t suggested, uv_buf_t* buffer) {
  (void)handle, (void)suggested;
  *buffer = uv_buf_init(read_buffer, sizeof(read_buffer));
}

static void take_echo(struct connection* connection, ssize_t count, const uv_buf_t* buffer) {
  if ((size_t)count > message_size - connection->received)
    cheats("the echo is longer than the message");
  if (memcmp(buffer->base, message_of(connection) + connection->received, (size_t)count) != 0) {
    cheats("the echo has other bytes than the message");
  }
  connection->received += (unsigned)count;
}

static void on_echo_read(uv_stream_t* stream, ssize_t count, const uv_buf_t* buffer) {
  struct connection* connection = stream->data;
  if (over || count == 0) return;
  require(count, "the server ended a connection");
  take_echo(connection, count, buffer);
  if (connection->received == message_size) on_echo(connection);
}

static void start_echo(struct connection* connection) {
  uv_read_start(&connection->stream.stream, on_allocate, on_echo_read);
  send_message(connection);
}

/* -- idle: as an echo, once -- */

static void on_idle_read(uv_stream_t* stream, ssize_t count, const uv_buf_t* buffer) {
  struct connection* connection = stream->data;
  if (over || count == 0) return;
  require(count, "the server ended a connection");
  take_echo(connection, count, buffer);
  if (connection->received < message_size || ++answered < connection_total) return;
  operations = connection_total;
  begin_run();
}

static void start_idle(struct connection* connection) {
  uv_read_start(&connection->stream.stream, on_allocate, on_idle_read);
  send_message(connection);
}

/* -- pump and batch -- */

static void on_pumped(uv_write_t* request, int status);

static void pump(struct connection* connection, uv_write_t* request) {
  uv_buf_t buffer = uv_buf_init(text, message_size);
  request->data = connection;
  ++connection->writing;
  connection->sent_bytes += message_size;
  require(uv_write(request, &connection->stream.stream, &buffer, 1, on_pumped), "uv_write");
}

static void on_shut_down(uv_shutdown_t* request, int status) {
  (void)request;
  require(status, "uv_shutdown");
}

static void pump_all(struct connection* connection) {
  for (unsigned i = 0; i < writes_at_once; ++i)
    pump(connection, &connection->writes[i]);
}

static void on_pumped(uv_write_t* request, int status) {
  struct connection* connection = request->data;
  require(status, "writing");
  ++operations;
  --connection->writing;
  if (in_batches && connection->writing > 0) return;
  if (!time_is_up()) {
    if (in_batches) {
      pump_all(connection);
    } else {
      pump(connection, request);
    }
  } else if (connection->writing == 0) {
    require(uv_shutdown(&connection->shutdown, &connection->stream.stream, on_shut_down),
            "uv_shutdown");
  }
}

static void on_sum(struct connection* connection) {
  if (strtoull(connection->told, NULL, 10) != connection->sent_bytes) {
    cheats("the server tells of another number of bytes than were sent");
  }
  uv_read_stop(&connection->stream.stream);
  if (--unfinished == 0) end_run();
}

static void on_sum_read(uv_stream_t* stream, ssize_t count, const uv_buf_t* buffer) {
  struct connection* connection = stream->data;
  if (over || count == 0) return;
  require(count, "the server ended a connection without a number");
  if ((size_t)count >= kToldSize - connection->received) cheats("the server tells too much");
  memcpy(connection->told + connection->received, buffer->base, (size_t)count);
  connection->received += (unsigned)count;
  if (connection->told[connection->received - 1] == '\n') on_sum(connection);
}

static void start_pump(struct connection* connection) {
  uv_read_start(&connection->stream.stream, on_allocate, on_sum_read);
  if (connected < connection_total) return;
  unfinished = connection_total;
  await_go();
  for (unsigned i = 0; i < connection_total; ++i)
    pump_all(&connections[i]);
}

/* -- connect -- */

static void start_connecting(struct connection* connection);

static void on_reconnect(uv_handle_t* handle) {
  if (!time_is_up()) start_connecting(handle->data);
}

static void on_server_closed(uv_stream_t* stream, ssize_t count, const uv_buf_t* buffer) {
  struct connection* connection = stream->data;
  (void)buffer;
  if (count == 0) return;
  if (count > 0) cheats("the server sends something");
  if (count != UV_EOF && count != UV_ECONNRESET) require(count, "waiting for the server to close");
  ++operations;
  record_latency(uv_hrtime() - connection->sent_at);
  stream_close_at_once(&connection->stream, on_reconnect);
}

static void await_close(struct connection* connection) {
  uv_read_start(&connection->stream.stream, on_allocate, on_server_closed);
}

/* -- all -- */

static void on_connect(uv_connect_t* request, int status) {
  struct connection* connection = request->handle->data;
  if (over) return;
  require(status, "connecting");
  ++connected;
  stream_prepare(&connection->stream);
  on_connected(connection);
  /* A listener's queue is short. */
  const unsigned next = connected + kConnectingAtOnce - 1;
  if (on_connected != await_close && next < connection_total) start_connecting(&connections[next]);
}

static void start_connecting(struct connection* connection) {
  stream_init(&loop, &connection->stream);
  connection->stream.handle.data = connection;
  connection->sent_at = uv_hrtime();
  stream_connect(&connection->stream, &connection->connect, on_connect);
}

static void choose_mode(const char* mode) {
  writes_at_once = 1;
  in_batches = strcmp(mode, "batch") == 0;
  if (in_batches || strcmp(mode, "pump") == 0) {
    writes_at_once = in_batches ? option_count("batch", 1000) : kPumpedAtOnce;
    on_connected = start_pump;
  } else if (strcmp(mode, "connect") == 0) {
    on_connected = await_close;
  } else {
    on_connected = strcmp(mode, "idle") == 0 ? start_idle : start_echo;
  }
}

static void set_up(void) {
  uint64_t state = kFirstRandomState;
  connection_total = option_count("connections", 1);
  message_size = option_count("bytes", 64);
  text = allocate_zeroed(message_size + kOffsets, 1);
  for (unsigned i = 0; i < message_size + kOffsets; ++i)
    text[i] = (char)next_random(&state);
  choose_mode(option_text("mode", "echo"));
  connections = allocate_zeroed(connection_total, sizeof(*connections));
  for (unsigned i = 0; i < connection_total; ++i) {
    connections[i].number = i;
    connections[i].writes = allocate_zeroed(writes_at_once, sizeof(uv_write_t));
  }
  require(uv_loop_init(&loop), "uv_loop_init");
  require(uv_timer_init(&loop, &timer), "uv_timer_init");
}

int main(int argc, char** argv) {
  char more[96];
  options_read(argc, argv);
#if defined(SIGPIPE)
  signal(SIGPIPE, SIG_IGN);
#endif
  set_up();
  if (on_connected == await_close) await_go();
  for (unsigned i = 0; i < connection_total && i < kConnectingAtOnce; ++i)
    start_connecting(&connections[i]);
  uv_run(&loop, UV_RUN_DEFAULT);
  snprintf(more, sizeof(more), "\"bytes\": %llu", (unsigned long long)operations * message_size);
  finish(operations, over ? ran_for : nanoseconds_since_go(), more);
  if (over) close_all();
  return 0;
}

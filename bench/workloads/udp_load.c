/* The load on a server of datagrams: each of `connections` sockets sends one of `bytes` and waits
 * for its echo, which is compared. A datagram may get lost: who waits for long sends another. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "workload.h"

enum { kHeader = 8, kLookEvery = 20, kLostAfter = 100 * 1000 * 1000 };

struct end {
  uv_udp_t udp;
  uint32_t number;
  uint32_t message;
  uint64_t sent_at;
  uint64_t answers;
  int awaiting;
  char* bytes;
};

static uv_loop_t loop;
static uv_timer_t timer;
static struct end* ends;
static unsigned end_total, message_size, answered;
static uint64_t operations, lost;
static int running;
static char read_buffer[64 * 1024];

static void send_datagram(struct end* end) {
  uv_buf_t buffer = uv_buf_init(end->bytes, message_size);
  int sent;
  ++end->message;
  memcpy(end->bytes, &end->number, 4);
  memcpy(end->bytes + 4, &end->message, 4);
  end->awaiting = 1;
  end->sent_at = uv_hrtime();
  sent = uv_udp_try_send(&end->udp, &buffer, 1, NULL);
  /* Where there is no room for it, it is lost. */
  if (sent != UV_EAGAIN) require(sent, "uv_udp_try_send");
}

static void begin_run(void) {
  await_go();
  running = 1;
  for (unsigned i = 0; i < end_total; ++i) {
    ends[i].answers = 0;
    send_datagram(&ends[i]);
  }
}

static void on_allocate(uv_handle_t* handle, size_t suggested, uv_buf_t* buffer) {
  (void)handle, (void)suggested;
  *buffer = uv_buf_init(read_buffer, sizeof(read_buffer));
}

static void on_echo(struct end* end) {
  const int is_first = end->answers++ == 0;
  end->awaiting = 0;
  if (running) {
    ++operations;
    record_latency(uv_hrtime() - end->sent_at);
    send_datagram(end);
  } else if (is_first && ++answered == end_total) {
    begin_run();
  }
}

static void on_received(uv_udp_t* udp, ssize_t count, const uv_buf_t* buffer,
                        const struct sockaddr* sender, unsigned flags) {
  struct end* end = udp->data;
  uint32_t number, message;
  (void)flags;
  if (count == UV_ECONNREFUSED) fail("the server is gone");
  require(count, "receiving");
  if (sender == NULL) return;
  if ((size_t)count != message_size) cheats("the echo has another size than the datagram");
  memcpy(&number, buffer->base, 4);
  memcpy(&message, buffer->base + 4, 4);
  if (number != end->number || message > end->message) {
    cheats("the echo is of a datagram that was not sent");
  }
  if (memcmp(buffer->base + kHeader, end->bytes + kHeader, message_size - kHeader) != 0) {
    cheats("the echo has other bytes than the datagram");
  }
  /* Others were given up, or have been answered already. */
  if (message == end->message && end->awaiting) on_echo(end);
}

static int all_were_answered(void) {
  for (unsigned i = 0; i < end_total; ++i) {
    if (ends[i].answers == 0) return 0;
  }
  return 1;
}

static void on_look(uv_timer_t* unused) {
  const uint64_t now = uv_hrtime();
  (void)unused;
  /* On a busy machine a short run goes on until everybody was answered. */
  if (running && time_is_up() && all_were_answered()) {
    uv_stop(&loop);
    return;
  }
  for (unsigned i = 0; i < end_total; ++i) {
    if (!ends[i].awaiting || now - ends[i].sent_at < kLostAfter) continue;
    ++lost;
    send_datagram(&ends[i]);
  }
}

static void open_end(struct end* end, unsigned number, uint64_t* state) {
  struct sockaddr_in address;
  uv_ip4_addr("127.0.0.1", atoi(option_text("address", "0")), &address);
  end->number = number;
  end->bytes = allocate_zeroed(message_size, 1);
  for (unsigned i = 0; i < message_size; ++i)
    end->bytes[i] = (char)next_random(state);
  require(uv_udp_init(&loop, &end->udp), "uv_udp_init");
  end->udp.data = end;
  require(uv_udp_connect(&end->udp, (struct sockaddr*)&address), "uv_udp_connect");
  require(uv_udp_recv_start(&end->udp, on_allocate, on_received), "uv_udp_recv_start");
}

int main(int argc, char** argv) {
  uint64_t state = kFirstRandomState;
  uint64_t nanoseconds;
  char more[96];
  options_read(argc, argv);
  end_total = option_count("connections", 1);
  message_size = option_count("bytes", 64);
  if (message_size < kHeader) fail("a datagram has 8 bytes at least");
  ends = allocate_zeroed(end_total, sizeof(*ends));
  require(uv_loop_init(&loop), "uv_loop_init");
  require(uv_timer_init(&loop, &timer), "uv_timer_init");
  require(uv_timer_start(&timer, on_look, kLookEvery, kLookEvery), "uv_timer_start");
  for (unsigned i = 0; i < end_total; ++i)
    open_end(&ends[i], i, &state);
  for (unsigned i = 0; i < end_total; ++i)
    send_datagram(&ends[i]);
  uv_run(&loop, UV_RUN_DEFAULT);
  nanoseconds = nanoseconds_since_go();
  snprintf(more, sizeof(more), "\"bytes\": %llu, \"lost\": %llu",
           (unsigned long long)operations * message_size, (unsigned long long)lost);
  finish(operations, nanoseconds, more);
  return 0;
}

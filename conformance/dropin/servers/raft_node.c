/*
 * One of three servers that agree on a sum by libraft, on its libuv back end.
 *
 * usage: raft_node INDEX FOLDER PORT PORT PORT
 *
 * Says "leader" and "follower" when it becomes one, and "applied COUNT SUM" after each hundredth
 * number and after it took over a snapshot. A line "N" on its standard input makes the leader add 1
 * to N, many under way at a time; the end of the input makes it leave.
 */
#include <inttypes.h>
#include <raft.h>
#include <raft/uv.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { kServers = 3, kUnderWay = 16 };

typedef struct {
  uint64_t count, sum;
} State;

static struct raft raft;
static struct raft_io io;
static struct raft_uv_transport transport;
static State state;
static uv_pipe_t input;
static uv_timer_t ticker;
static char line[64];
static uint64_t next_number = 1, last_number;
static int was_leader;

static void must(int status, const char* what) {
  if (status == 0) return;
  fprintf(stderr, "%s: %d %s\n", what, status, raft_errmsg(&raft));
  exit(1);
}

static void say_state(void) {
  printf("applied %" PRIu64 " %" PRIu64 "\n", state.count, state.sum);
  fflush(stdout);
}

static int apply(struct raft_fsm* fsm, const struct raft_buffer* buffer, void** result) {
  uint64_t number;
  (void)fsm;
  memcpy(&number, buffer->base, sizeof number);
  *result = NULL;
  state.count += 1;
  state.sum += number;
  if (state.count % 100 == 0) say_state();
  return 0;
}

static int snapshot(struct raft_fsm* fsm, struct raft_buffer* buffers[], unsigned* count) {
  (void)fsm;
  *buffers = raft_malloc(sizeof **buffers);
  (*buffers)->len = sizeof state;
  (*buffers)->base = raft_malloc(sizeof state);
  memcpy((*buffers)->base, &state, sizeof state);
  *count = 1;
  return 0;
}

static int restore(struct raft_fsm* fsm, struct raft_buffer* buffer) {
  (void)fsm;
  memcpy(&state, buffer->base, sizeof state);
  raft_free(buffer->base);
  say_state();
  return 0;
}

static void propose(void);

static void on_applied(struct raft_apply* request, int status, void* result) {
  (void)result;
  free(request);
  if (status != RAFT_LEADERSHIPLOST && status != RAFT_SHUTDOWN) must(status, "apply");
  propose();
}

static void propose(void) {
  if (next_number > last_number || raft_state(&raft) != RAFT_LEADER) return;
  struct raft_apply* request = malloc(sizeof *request);
  struct raft_buffer buffer = {raft_malloc(sizeof next_number), sizeof next_number};
  memcpy(buffer.base, &next_number, sizeof next_number);
  ++next_number;
  must(raft_apply(&raft, request, &buffer, 1, on_applied), "raft_apply");
}

static void on_tick(uv_timer_t* timer) {
  const int leads = raft_state(&raft) == RAFT_LEADER;
  (void)timer;
  if (leads != was_leader) {
    printf("%s\n", leads ? "leader" : "follower");
    fflush(stdout);
  }
  was_leader = leads;
}

static void on_closed(struct raft* server) {
  (void)server;
  raft_uv_close(&io);
  raft_uv_tcp_close(&transport);
}

static void allocate(uv_handle_t* handle, size_t suggested, uv_buf_t* buffer) {
  (void)handle;
  (void)suggested;
  *buffer = uv_buf_init(line, sizeof line - 1);
}

static void on_input(uv_stream_t* stream, ssize_t size, const uv_buf_t* buffer) {
  if (size < 0) {
    uv_close((uv_handle_t*)stream, NULL);
    uv_close((uv_handle_t*)&ticker, NULL);
    raft_close(&raft, on_closed);
    return;
  }
  buffer->base[size] = '\0';
  next_number = 1;
  last_number = strtoull(buffer->base, NULL, 10);
  for (int i = 0; i < kUnderWay; ++i)
    propose();
}

static void bootstrap(char** ports) {
  struct raft_configuration servers;
  raft_configuration_init(&servers);
  for (int i = 0; i < kServers; ++i) {
    char address[64];
    snprintf(address, sizeof address, "127.0.0.1:%s", ports[i]);
    must(raft_configuration_add(&servers, i + 1, address, RAFT_VOTER), "add");
  }
  const int status = raft_bootstrap(&raft, &servers);
  if (status != RAFT_CANTBOOTSTRAP) must(status, "raft_bootstrap");
  raft_configuration_close(&servers);
}

int main(int argc, char** argv) {
  struct raft_fsm fsm = {.version = 1, .apply = apply, .snapshot = snapshot, .restore = restore};
  char address[64];
  uv_loop_t loop;
  if (argc != 3 + kServers) return 2;
  signal(SIGPIPE, SIG_IGN); /* libuv leaves that to the program. */
  const int index = atoi(argv[1]);
  snprintf(address, sizeof address, "127.0.0.1:%s", argv[2 + index]);
  must(uv_loop_init(&loop), "uv_loop_init");
  must(raft_uv_tcp_init(&transport, &loop), "raft_uv_tcp_init");
  must(raft_uv_init(&io, &loop, argv[2], &transport), "raft_uv_init");
  must(raft_init(&raft, &io, &fsm, index, address), "raft_init");
  raft_set_election_timeout(&raft, 1000);
  raft_set_heartbeat_timeout(&raft, 50);
  raft_set_snapshot_threshold(&raft, 64);
  raft_set_snapshot_trailing(&raft, 1024);
  bootstrap(argv + 3);
  must(raft_start(&raft), "raft_start");
  must(uv_timer_init(&loop, &ticker), "uv_timer_init");
  must(uv_timer_start(&ticker, on_tick, 0, 20), "uv_timer_start");
  must(uv_pipe_init(&loop, &input, 0), "uv_pipe_init");
  must(uv_pipe_open(&input, 0), "uv_pipe_open");
  must(uv_read_start((uv_stream_t*)&input, allocate, on_input), "uv_read_start");
  must(uv_run(&loop, UV_RUN_DEFAULT), "uv_run");
  must(uv_loop_close(&loop), "uv_loop_close");
  return 0;
}

/*
 * A datagram for a receiver that is full waits, and goes when there is room. Nobody may tell when
 * that is (Linux of a receiver that is no peer; the BSDs of any local one call the sender writable
 * all the time): the loop sleeps all the same.
 *
 * rules: UDP-10
 * [since 1.50] total: full, asleep, sent(status=OK)
 * [before 1.50] total: full, awake, sent(status=OK)
 * differs: libuv 1.44 never sleeps then
 */
#include "pairs.h"

#include <sys/un.h>

/* In the 50 ms of the timer: with a pause of 1 ms some 80, without any some ten thousand. */
#define MANY_TURNS 1000

static uv_udp_t sender;
static uv_udp_send_t request;
static uv_timer_t timer;
static uv_check_t turn;
static int receiver, turns;

static void on_sent(uv_udp_send_t* send_request, int status) {
  (void)send_request;
  trace_status("sent", status);
  uv_close((uv_handle_t*)&turn, NULL);
}

static void on_turn(uv_check_t* handle) {
  (void)handle;
  turns++;
}

static void on_timer(uv_timer_t* handle) {
  char message[8];
  (void)handle;
  trace(turns < MANY_TURNS ? "asleep" : "awake");
  while (recv(receiver, message, sizeof message, MSG_DONTWAIT) > 0)
    continue;
}

static void scenario(uv_loop_t* loop) {
  struct sockaddr_un name;
  uv_buf_t buf = uv_buf_init((char*)"x", 1);
  int tried;
  memset(&name, 0, sizeof name);
  name.sun_family = AF_UNIX;
  snprintf(name.sun_path, sizeof name.sun_path, NAMES_OF_PIPES "udp_full.%d", (int)getpid());
  receiver = socket(AF_UNIX, SOCK_DGRAM, 0);
  check(bind(receiver, (struct sockaddr*)&name, sizeof name) == 0);
  must(uv_udp_init(loop, &sender));
  must(uv_udp_open(&sender, socket(AF_UNIX, SOCK_DGRAM, 0)));
  do
    tried = uv_udp_try_send(&sender, &buf, 1, (struct sockaddr*)&name);
  while (tried == 1);
  check(tried == UV_EAGAIN);
  trace("full");
  must(uv_udp_send(&request, &sender, &buf, 1, (struct sockaddr*)&name, on_sent));
  must(uv_timer_init(loop, &timer));
  must(uv_timer_start(&timer, on_timer, 50, 0));
  must(uv_check_init(loop, &turn));
  must(uv_check_start(&turn, on_turn));
  must(uv_run(loop, UV_RUN_DEFAULT));
  unlink(name.sun_path);
  close(receiver);
}

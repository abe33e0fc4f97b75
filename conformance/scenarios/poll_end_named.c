/*
 * A hang-up adds nothing to a state that was asked for and stands beside it: of the last byte in a
 * pipe whose writer has gone, and of a socket that never was connected, only what stands is told.
 * Where nothing that was asked for stands, the hang-up is everything that was asked for.
 *
 * rules: POLL-14
 * total: both(byte=R), both(fresh=W),
 * total: reading(byte=R), reading(fresh=R),
 * total: writing(byte=W), writing(fresh=W),
 * total: end(byte=D), end(fresh=D),
 * total: reading-or-end(byte=R), reading-or-end(fresh=RD)
 */
#include "pairs.h"

#include <stdlib.h>
#include <string.h>

static char told[2][4];
static uv_poll_t handles[2];

static void on_poll(uv_poll_t* poll, int status, int events) {
  char* text = told[poll == &handles[1]];
  must(status);
  if (events & UV_READABLE) *text++ = 'R';
  if (events & UV_WRITABLE) *text++ = 'W';
  if (events & UV_DISCONNECT) *text++ = 'D';
  *text = '\0';
  uv_close((uv_handle_t*)poll, NULL);
}

/* Of kqueue's ends nobody can tell which of poll(2)'s they are. */
static int names_hang_ups(void) {
#ifdef __linux__
  const char* engine = getenv("VIOLET_BACKEND");
  return engine == NULL || strcmp(engine, "kqueue") != 0;
#else
  return 0;
#endif
}

static void ask(uv_loop_t* loop, const char* name, int events) {
  int ends[2], fresh = socket(AF_INET, SOCK_STREAM, 0);
  check(pipe(ends) == 0);
  check(write(ends[1], "x", 1) == 1);
  close(ends[1]);
  must(uv_poll_init(loop, &handles[0], ends[0]));
  must(uv_poll_init(loop, &handles[1], fresh));
  must(uv_poll_start(&handles[0], events, on_poll));
  must(uv_poll_start(&handles[1], events, on_poll));
  must(uv_run(loop, UV_RUN_DEFAULT));
  trace_text(name, "byte", told[0]);
  trace_text(name, "fresh", told[1]);
  close(ends[0]);
  close(fresh);
}

static void scenario(uv_loop_t* loop) {
  if (!names_hang_ups()) skip("hang-ups are not told apart here");
  ask(loop, "both", UV_READABLE | UV_WRITABLE);
  ask(loop, "reading", UV_READABLE);
  ask(loop, "writing", UV_WRITABLE);
  ask(loop, "end", UV_DISCONNECT);
  ask(loop, "reading-or-end", UV_READABLE | UV_DISCONNECT);
}

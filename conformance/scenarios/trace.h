/**
 * What every scenario stands on: a main() that gives it a loop, the trace (JSON lines on standard
 * output), and checks. A scenario defines scenario(loop); what it leaves open is closed for it, and
 * uv_loop_close() must then succeed.
 */
#ifndef TRACE_H_
#define TRACE_H_

#if !defined(_WIN32) && !defined(_DEFAULT_SOURCE)
#define _DEFAULT_SOURCE 1 /* sockets and processes beside strict C99 */
#endif

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

#if defined(_WIN32)
#include <fcntl.h> /* _O_BINARY: files have the bytes that were written */
#endif

#if defined(__GNUC__)
#define TRACE_HELPER static __attribute__((unused))
#else
#define TRACE_HELPER static
#endif

static void scenario(uv_loop_t* loop);

/* Lines leave at once: a crash or a hang shows how far the scenario came. */
TRACE_HELPER void trace(const char* event) {
  printf("{\"event\":\"%s\"}\n", event);
  fflush(stdout);
}

TRACE_HELPER void trace_int(const char* event, const char* key, long long value) {
  printf("{\"event\":\"%s\",\"%s\":%lld}\n", event, key, value);
  fflush(stdout);
}

TRACE_HELPER void trace_text(const char* event, const char* key, const char* value) {
  printf("{\"event\":\"%s\",\"%s\":\"%s\"}\n", event, key, value);
  fflush(stdout);
}

/** Traces an event with its status: "OK" or the name of the error. */
TRACE_HELPER void trace_status(const char* event, long long status) {
  trace_text(event, "status", status < 0 ? uv_err_name((int)status) : "OK");
}

/** Ends a scenario that cannot run here; the reason goes into the report. */
TRACE_HELPER void skip(const char* reason) {
  trace_text("skip", "reason", reason);
  exit(0);
}

TRACE_HELPER void fail_at(int line, const char* what, const char* why) {
  printf("{\"event\":\"failed\",\"line\":%d,\"what\":\"", line);
  for (; *what != 0; what++)
    printf(*what == '"' || *what == '\\' ? "\\%c" : "%c", *what);
  printf("\",\"why\":\"%s\"}\n", why);
  fflush(stdout);
  exit(3);
}

TRACE_HELPER void must_at(int line, const char* call, long long result) {
  if (result < 0) fail_at(line, call, uv_err_name((int)result));
}

/** The call must not return an error. */
#define must(call) must_at(__LINE__, #call, (long long)(call))
/** The condition must hold. */
#define check(condition) \
  ((condition) ? (void)0 : fail_at(__LINE__, #condition, "the condition does not hold"))

TRACE_HELPER void close_if_open(uv_handle_t* handle, void* arg) {
  (void)arg;
  if (!uv_is_closing(handle)) uv_close(handle, NULL);
}

/** Closes every handle of the loop and lets all callbacks run. */
TRACE_HELPER void close_everything(uv_loop_t* loop) {
  uv_walk(loop, close_if_open, NULL);
  must(uv_run(loop, UV_RUN_DEFAULT));
}

int main(void) {
  static uv_loop_t loop;
#if defined(_WIN32)
  _fmode = _O_BINARY;
#else
  signal(SIGPIPE, SIG_IGN);
#endif
  trace_text("begin", "version", uv_version_string());
  must(uv_loop_init(&loop));
  scenario(&loop);
  close_everything(&loop);
  must(uv_loop_close(&loop));
  trace("end");
  return 0;
}

#endif /* TRACE_H_ */

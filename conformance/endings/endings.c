/*
 * Writes to a descriptor that it inherited, then ends: how, where and after how many writes is
 * told by its arguments. Whoever reads the other end counts what arrived.
 *
 *     endings KIND FD WRITES PLACE WAY [MEMORY]
 *
 * KIND    pipe, tcp, tty; udp: FD is the port on the loopback interface to send to
 * PLACE   before  before the loop has run
 *         between after a run that has written before
 *         timer, check, written  in a callback: of a timer, of the check phase, of a first write
 *         thread  in a callback of a loop in another thread, which ends the process
 *         others  in loops of other threads, which then wait; the main thread ends the process
 *         ended   in a thread that has ended without running its loop
 * WAY     exit, return (before and between only), _exit, abort, kill, fork (a child that does not
 *         use the loop ends by exit(), then its parent), forked (the child ends by exit() only)
 * MEMORY  static, stack, freed (as stack, or released before the end)
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <uv.h>

enum { MAX_WRITES = 1000, RECORD = 4, OTHERS = 3 };

struct output {
  uv_loop_t loop;
  union {
    uv_handle_t handle;
    uv_stream_t stream;
    uv_pipe_t pipe;
    uv_tcp_t tcp;
    uv_tty_t tty;
    uv_udp_t udp;
  } to;
  uv_timer_t timer;
  uv_check_t check;
  uv_idle_t idle;
  int first;
  int count;
  int rounds;
  union {
    uv_write_t write;
    uv_udp_send_t send;
  } requests[MAX_WRITES + 1];
  char texts[MAX_WRITES + 1][RECORD + 1];
};

static const char* kind;
static const char* way;
static struct sockaddr_in address;
static int descriptor;
static uv_sem_t written;

static void must(int result) {
  if (result >= 0) return;
  fprintf(stderr, "%s\n", uv_strerror(result));
  _exit(3);
}

static void end_now(void) {
  if (strcmp(way, "exit") == 0) exit(0);
  if (strcmp(way, "_exit") == 0) _exit(0);
  if (strcmp(way, "abort") == 0) abort();
  if (strcmp(way, "kill") == 0) kill(getpid(), SIGKILL);
  if (strncmp(way, "fork", 4) == 0) {
    pid_t child = fork();
    int status = 0;
    if (child == 0) exit(0);
    if (waitpid(child, &status, 0) != child || status != 0) _exit(3);
    if (strcmp(way, "fork") == 0) exit(0);
    _exit(0);
  }
}

static void on_written(uv_write_t* request, int status) {
  (void)request;
  (void)status;
}

static void on_sent(uv_udp_send_t* request, int status) {
  (void)request;
  (void)status;
}

static void write_one(struct output* out, int number, uv_write_cb cb) {
  char* text = out->texts[number % (MAX_WRITES + 1)];
  uv_buf_t buf = uv_buf_init(text, RECORD);
  snprintf(text, RECORD + 1, "%04d", number);
  if (strcmp(kind, "udp") == 0) {
    must(uv_udp_send(&out->requests[number % (MAX_WRITES + 1)].send, &out->to.udp, &buf, 1,
                     (struct sockaddr*)&address, on_sent));
  } else {
    must(uv_write(&out->requests[number % (MAX_WRITES + 1)].write, &out->to.stream, &buf, 1, cb));
  }
}

static void write_all(struct output* out) {
  for (int i = 0; i < out->count; i++)
    write_one(out, out->first + i, on_written);
}

static void on_timer(uv_timer_t* timer) {
  write_all(timer->data);
  end_now();
}

static void on_check(uv_check_t* check) {
  write_all(check->data);
  end_now();
}

static void on_first_written(uv_write_t* request, int status) {
  must(status);
  write_all(request->data);
  end_now();
}

static void on_idle(uv_idle_t* idle) {
  (void)idle;
}

/* The output's own writes have been offered when another iteration has passed. */
static void on_later_check(uv_check_t* check) {
  struct output* out = check->data;
  if (out->rounds++ == 0) write_all(out);
  if (out->rounds == 4) uv_sem_post(&written);
}

static void open_output(struct output* out, int first, int count) {
  must(uv_loop_init(&out->loop));
  out->first = first;
  out->count = count;
  out->rounds = 0;
  if (strcmp(kind, "pipe") == 0) {
    must(uv_pipe_init(&out->loop, &out->to.pipe, 0));
    must(uv_pipe_open(&out->to.pipe, dup(descriptor)));
  } else if (strcmp(kind, "tcp") == 0) {
    must(uv_tcp_init(&out->loop, &out->to.tcp));
    must(uv_tcp_open(&out->to.tcp, dup(descriptor)));
  } else if (strcmp(kind, "tty") == 0) {
    must(uv_tty_init(&out->loop, &out->to.tty, descriptor, 0));
  } else {
    must(uv_udp_init(&out->loop, &out->to.udp));
  }
  must(uv_timer_init(&out->loop, &out->timer));
  must(uv_check_init(&out->loop, &out->check));
  must(uv_idle_init(&out->loop, &out->idle));
  out->timer.data = out->check.data = out;
}

static void run_with_idle(struct output* out, uv_check_cb cb) {
  must(uv_check_start(&out->check, cb));
  must(uv_idle_start(&out->idle, on_idle));
  uv_run(&out->loop, UV_RUN_DEFAULT);
}

static void run_in_timer(void* argument) {
  struct output* out = argument;
  must(uv_timer_start(&out->timer, on_timer, 1, 0));
  uv_run(&out->loop, UV_RUN_DEFAULT);
}

static void run_and_wait(void* argument) {
  run_with_idle(argument, on_later_check);
}

static void write_and_end(void* argument) {
  write_all(argument);
}

static void in_others(int count) {
  static struct output outs[OTHERS];
  static uv_thread_t threads[OTHERS];
  must(uv_sem_init(&written, 0));
  for (int i = 0; i < OTHERS; i++) {
    open_output(&outs[i], i * count, count);
    must(uv_thread_create(&threads[i], run_and_wait, &outs[i]));
    uv_sem_wait(&written);
  }
  end_now();
}

static void end_in(const char* place, struct output* out) {
  uv_thread_t thread;
  if (strcmp(place, "before") == 0) {
    write_all(out);
    end_now();
  } else if (strcmp(place, "between") == 0) {
    int count = out->count;
    out->count = count / 2;
    write_all(out);
    uv_run(&out->loop, UV_RUN_DEFAULT);
    out->first = count / 2;
    out->count = count - count / 2;
    write_all(out);
    end_now();
  } else if (strcmp(place, "timer") == 0) {
    run_in_timer(out);
  } else if (strcmp(place, "check") == 0) {
    run_with_idle(out, on_check);
  } else if (strcmp(place, "written") == 0) {
    write_one(out, 0, on_first_written);
    out->requests[0].write.data = out;
    out->first = 1;
    out->count--;
    uv_run(&out->loop, UV_RUN_DEFAULT);
  } else if (strcmp(place, "thread") == 0) {
    must(uv_thread_create(&thread, run_in_timer, out));
    uv_thread_join(&thread);
  } else if (strcmp(place, "ended") == 0) {
    must(uv_thread_create(&thread, write_and_end, out));
    uv_thread_join(&thread);
    end_now();
  }
}

int main(int count, char** arguments) {
  static struct output outer;
  struct output inner;
  struct output* out = &outer;
  const char* memory = count > 6 ? arguments[6] : "static";
  if (count < 6) return 2;
  kind = arguments[1];
  descriptor = atoi(arguments[2]);
  way = arguments[5];
  must(uv_ip4_addr("127.0.0.1", descriptor, &address));
  if (strcmp(arguments[4], "others") == 0) {
    in_others(atoi(arguments[3]));
    return 0;
  }
  if (strcmp(memory, "stack") == 0) out = &inner;
  if (strcmp(memory, "freed") == 0) out = malloc(sizeof *out);
  open_output(out, 0, atoi(arguments[3]));
  end_in(arguments[4], out);
  memset(&inner, 'x', sizeof inner);
  if (strcmp(memory, "freed") == 0) {
    memset(out, 'x', sizeof *out);
    free(out);
  }
  return 0;
}

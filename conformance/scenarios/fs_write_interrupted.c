/*
 * A write of many buffers to a pipe goes on to its end, however slow the reader is and however many
 * signals come meanwhile.
 *
 * rules: FS-15
 * total: written(bytes=706173), read(bytes=706173)
 */
#include "trace.h"

#include <signal.h>
#include <sys/time.h>
#include <unistd.h>

enum { kBuffers = 54321, kSize = 13 };

static int ends[2];
static volatile sig_atomic_t caught;
static volatile int hurries;
static long bytes_read;

static void on_signal(int number) {
  (void)number;
  caught = caught + 1;
}

static void read_slowly(void* argument) {
  static char part[30011];
  sigset_t signals;
  long got;
  (void)argument;
  sigfillset(&signals);
  pthread_sigmask(SIG_BLOCK, &signals, NULL);
  do {
    sig_atomic_t seen = caught;
    while (!hurries && caught == seen)
      uv_sleep(0);
    got = (long)read(ends[0], part, sizeof(part));
    if (got > 0) bytes_read += got;
  } while (got > 0);
}

static void scenario(uv_loop_t* loop) {
  static uv_buf_t buffers[kBuffers];
  static char text[kSize];
  struct sigaction action;
  struct itimerval often = {{0, 1000}, {0, 1000}};
  struct itimerval never = {{0, 0}, {0, 0}};
  uv_thread_t reader;
  uv_fs_t request;
  int i;
  memset(&action, 0, sizeof(action));
  action.sa_handler = on_signal;
  must(sigaction(SIGALRM, &action, NULL));
  must(pipe(ends));
  for (i = 0; i < kBuffers; i++)
    buffers[i] = uv_buf_init(text, kSize);
  must(uv_thread_create(&reader, read_slowly, NULL));
  must(setitimer(ITIMER_REAL, &often, NULL));
  must(uv_fs_write(loop, &request, ends[1], buffers, kBuffers, -1, NULL));
  must(setitimer(ITIMER_REAL, &never, NULL));
  trace_int("written", "bytes", (long long)request.result);
  hurries = 1;
  close(ends[1]);
  must(uv_thread_join(&reader));
  trace_int("read", "bytes", bytes_read);
  uv_fs_req_cleanup(&request);
}

/* Makes, runs and closes loops, one after the other in each of two threads, as a user without
 * privileges who may lock 4 MiB of memory: loops_in_turn LOOPS HELD
 *
 * HELD loops are made before and stay. Prints how many loops there could be, and what else
 * uv_loop_init() said. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>
#include <uv.h>

enum { kThreads = 2, kNobody = 65534, kLockable = 4 << 20, kMostHeld = 1000 };

static int loops;

struct outcome {
  int good;
  int error; /* the first one */
};

static int try_loop(uv_loop_t* loop, struct outcome* outcome) {
  const int error = uv_loop_init(loop);
  if (error == 0) ++outcome->good;
  if (error != 0 && outcome->error == 0) outcome->error = error;
  return error;
}

static void* run(void* argument) {
  for (int i = 0; i < loops; ++i) {
    uv_loop_t loop;
    if (try_loop(&loop, argument) != 0) continue;
    uv_run(&loop, UV_RUN_NOWAIT);
    uv_loop_close(&loop);
  }
  return NULL;
}

int main(int count, char** arguments) {
  static uv_loop_t held[kMostHeld];
  struct rlimit limit = {kLockable, kLockable};
  struct outcome before = {0, 0}, outcomes[kThreads] = {{0, 0}};
  pthread_t threads[kThreads];
  int good = 0, error = 0;
  if (count != 3 || atoi(arguments[2]) > kMostHeld) return 2;
  loops = atoi(arguments[1]);
  if (setrlimit(RLIMIT_MEMLOCK, &limit) != 0) return 3;
  if (getuid() == 0 && (setgid(kNobody) != 0 || setuid(kNobody) != 0)) return 4;
  for (int i = 0; i < atoi(arguments[2]); ++i)
    try_loop(&held[i], &before);
  if (before.error == 0) {
    for (int i = 0; i < kThreads; ++i)
      if (pthread_create(&threads[i], NULL, run, &outcomes[i]) != 0) return 5;
    for (int i = 0; i < kThreads; ++i)
      pthread_join(threads[i], NULL);
  }
  good = before.good;
  error = before.error;
  for (int i = 0; i < kThreads; ++i) {
    good += outcomes[i].good;
    if (error == 0) error = outcomes[i].error;
  }
  printf("%d %s\n", good, error == 0 ? "OK" : uv_err_name(error));
  return 0;
}

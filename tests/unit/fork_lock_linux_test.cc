// fork(2) in one thread while a signal meets another that is at the list of loops.
//
// The forking thread takes the locks of the list and of the table of signals. A signal handler
// waits for the table; so whoever holds the list must not run one, or each would wait for the
// other.
#include <dlfcn.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <uv.h>

#include <atomic>
#include <thread>

namespace {

std::atomic<bool> stops_at_list{false};
std::atomic<bool> holds_list{false};
std::atomic<bool> holds_table{false};

}  // namespace

// The library calls this for a thread's first loop, with the list locked.
extern "C" int __cxa_thread_atexit_impl(void (*function)(void*), void* argument, void* library) {
  if (stops_at_list.exchange(false)) {
    holds_list = true;
    while (!holds_table)
      sched_yield();
    pthread_kill(pthread_self(), SIGUSR2);
  }
  using Original = int (*)(void (*)(void*), void*, void*);
  static const auto original =
      reinterpret_cast<Original>(dlsym(RTLD_NEXT, "__cxa_thread_atexit_impl"));
  return original == nullptr ? -1 : original(function, argument, library);
}

namespace violet {
namespace {

// Runs after the table was locked and before the list is: handlers that come later run first.
void note_table() {
  if (holds_list) holds_table = true;
}

// What a process of its own returns; it may hang.
int fork_meets_signal() {
  uv_loop_t loop;
  if (uv_loop_init(&loop) != 0) return 1;
  pthread_atfork(note_table, nullptr, nullptr);
  uv_signal_t handle;
  if (uv_signal_init(&loop, &handle) != 0) return 2;
  if (uv_signal_start(
          &handle, [](uv_signal_t*, int) {}, SIGUSR2) != 0)
    return 3;
  stops_at_list = true;
  std::thread other([] {
    uv_loop_t own;
    if (uv_loop_init(&own) == 0) uv_loop_close(&own);
  });
  while (!holds_list)
    sched_yield();
  const pid_t child = fork();
  if (child == 0) _exit(0);
  other.join();
  return waitpid(child, nullptr, 0) == child ? 0 : 4;
}

// Where it hangs every thread has its signals blocked, so no alarm(2) ends it.
bool ends_by_itself(pid_t child) {
  constexpr int kPatienceMs = 10000;
  pollfd end = {static_cast<int>(syscall(SYS_pidfd_open, child, 0)), POLLIN, 0};
  const bool has_ended = end.fd < 0 || poll(&end, 1, kPatienceMs) == 1;
  if (!has_ended) kill(child, SIGKILL);
  close(end.fd);
  return has_ended;
}

TEST(ForkLock, AForkEndsAlthoughASignalMeetsWhoeverMakesALoop) {
#ifdef __SANITIZE_THREAD__
  GTEST_SKIP() << "ThreadSanitizer lets no forked child start threads";
#endif
  const pid_t child = fork();
  if (child == 0) _exit(fork_meets_signal());
  EXPECT_TRUE(ends_by_itself(child));
  int status = -1;
  ASSERT_EQ(child, waitpid(child, &status, 0));
  EXPECT_EQ(0, status);
}

}  // namespace
}  // namespace violet

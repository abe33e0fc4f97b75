// Peers that vanish, and a process out of descriptors, in a child of its own: with the default
// action of SIGPIPE, which would kill it.
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "broken_peer_support.h"
#include "platform.h"

namespace conformance {
namespace {

// The child's wait status. It ends with 0 when it was told of the broken peer.
template <typename Body>
int status_in_child(Body body) {
  pid_t child = fork();
  if (child == 0) {
    signal(SIGPIPE, SIG_DFL);
    alarm(60);
    uv_loop_t loop;
    if (uv_loop_init(&loop) != 0) _exit(2);
    _exit(body(&loop));
  }
  int status = -1;
  EXPECT_EQ(child, waitpid(child, &status, 0));
  return status;
}

int to_terminal(uv_loop_t* loop, How how) {
  int controller = posix_openpt(O_RDWR | O_NOCTTY);
  if (controller < 0 || grantpt(controller) != 0 || unlockpt(controller) != 0) return 1;
  int terminal = open(ptsname(controller), O_RDWR | O_NOCTTY);
  static uv_tty_t tty;
  if (uv_tty_init(loop, &tty, terminal, 0) != 0) return 1;
  ::close(controller);
  return write_until_broken(stream(tty), how);
}

class BrokenTerminal : public testing::TestWithParam<How> {};

TEST_P(BrokenTerminal, IsAnErrorAndNoSignal) {
  if (!is_at_least(1, 50)) GTEST_SKIP() << "this library leaves SIGPIPE to its user";
  const int status = status_in_child(
      [](uv_loop_t* loop) { return is_gone_terminal(to_terminal(loop, GetParam())) ? 0 : 3; });
  EXPECT_TRUE(WIFEXITED(status)) << "signal " << WTERMSIG(status);
  EXPECT_EQ(0, WEXITSTATUS(status));
}

INSTANTIATE_TEST_SUITE_P(Every, BrokenTerminal, testing::Values(How::kWrite, How::kTryWrite),
                         [](const auto& tested) {
                           return tested.param == How::kWrite ? "write" : "try_write";
                         });

// What write(2) does to a program in a shell's pipeline stays as it is.
TEST(BrokenFifo, KillsAProgramThatDoesNotIgnoreTheSignal) {
  const int status = status_in_child([](uv_loop_t* loop) {
    int ends[2];
    static uv_pipe_t pipe;
    if (::pipe(ends) != 0 || uv_pipe_init(loop, &pipe, 0) != 0) return 1;
    if (uv_pipe_open(&pipe, ends[1]) != 0) return 1;
    ::close(ends[0]);
    write_until_broken(stream(pipe), How::kWrite);
    return 3;
  });
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGPIPE) << status;
}

TEST(BrokenFifo, IsAnErrorToAProgramThatIgnoresTheSignal) {
  const int status = status_in_child([](uv_loop_t* loop) {
    signal(SIGPIPE, SIG_IGN);
    int ends[2];
    static uv_pipe_t pipe;
    if (::pipe(ends) != 0 || uv_pipe_init(loop, &pipe, 0) != 0) return 1;
    if (uv_pipe_open(&pipe, ends[1]) != 0) return 1;
    ::close(ends[0]);
    return write_until_broken(stream(pipe), How::kWrite) == UV_EPIPE ? 0 : 3;
  });
  EXPECT_EQ(0, status);
}

TEST(BrokenFifo, FileWritesRaiseTheSignalToo) {
  const int status = status_in_child([](uv_loop_t*) {
    int ends[2];
    if (::pipe(ends) != 0) return 1;
    ::close(ends[0]);
    uv_fs_t request;
    uv_buf_t buffer = uv_buf_init(bytes, 1);
    uv_fs_write(nullptr, &request, ends[1], &buffer, 1, -1, nullptr);
    return 3;
  });
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGPIPE) << status;
}

int iterations;
int accepted;

// Exit 0: the loop slept while there was no descriptor for the client, and served it afterwards.
int run_out_of_descriptors(uv_loop_t* loop) {
  static uv_tcp_t server, client;
  static uv_connect_t request;
  static uv_prepare_t prepare;
  static uv_timer_t timer;
  sockaddr_in address = loopback(0);
  int size = sizeof(address);
  uv_tcp_init(loop, &server);
  uv_tcp_bind(&server, generic(address), 0);
  uv_tcp_getsockname(&server, reinterpret_cast<sockaddr*>(&address), &size);
  auto on_connection = [](uv_stream_t* listening, int status) {
    static uv_tcp_t peer;
    uv_tcp_init(listening->loop, &peer);
    if (status == 0 && uv_accept(listening, stream(peer)) == 0) ++accepted;
  };
  if (uv_listen(stream(server), 8, on_connection) != 0) return 4;
  uv_tcp_init(loop, &client);
  if (uv_tcp_connect(&request, &client, generic(address), [](uv_connect_t*, int) {}) != 0) return 4;
  rlimit limit;
  getrlimit(RLIMIT_NOFILE, &limit);
  const rlimit none = {0, limit.rlim_max};
  setrlimit(RLIMIT_NOFILE, &none);
  uv_prepare_init(loop, &prepare);
  uv_prepare_start(&prepare, [](uv_prepare_t*) { ++iterations; });
  static bool over;
  uv_timer_init(loop, &timer);
  uv_timer_start(
      &timer, [](uv_timer_t*) { over = true; }, 400, 0);
  while (!over)
    uv_run(loop, UV_RUN_ONCE);
  // It looks again now and then; a loop that spins gets to thousands.
  if (accepted != 0 || iterations > 40) return 5;
  setrlimit(RLIMIT_NOFILE, &limit);
  while (accepted == 0)
    uv_run(loop, UV_RUN_ONCE);
  return 0;
}

TEST(OutOfDescriptors, AListenerRestsAndThenServesTheClient) {
  if (!is_at_least(1, 52)) GTEST_SKIP() << "libuv 1.44 drops the client";
  EXPECT_EQ(0, status_in_child(run_out_of_descriptors)) << iterations;
}

}  // namespace
}  // namespace conformance

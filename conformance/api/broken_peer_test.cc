// Peers that vanish, and a process out of descriptors. In a child with the default action of
// SIGPIPE, which would kill it.
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <ostream>

#include "platform.h"
#include "stream_support.h"
#include "support.h"

namespace conformance {
namespace {

enum class How { kWrite, kTryWrite, kWrite2 };

char bytes[1000];
int status_of_write;
bool written;

int write_once(uv_stream_t* target, How how, uv_stream_t* passed) {
  uv_buf_t buffer = uv_buf_init(bytes, sizeof(bytes));
  if (how == How::kTryWrite) return uv_try_write(target, &buffer, 1);
  static uv_write_t request;
  written = false;
  auto on_written = [](uv_write_t*, int status) {
    written = true;
    status_of_write = status;
  };
  int error = how == How::kWrite2 ? uv_write2(&request, target, &buffer, 1, passed, on_written)
                                  : uv_write(&request, target, &buffer, 1, on_written);
  if (error != 0) return error;
  while (!written)
    uv_run(target->loop, UV_RUN_ONCE);
  return status_of_write;
}

// Writes until it is told that the peer is gone, and a few times more.
int write_until_broken(uv_stream_t* target, How how, uv_stream_t* passed = nullptr) {
  int error = 0;
  while (error >= 0 || error == UV_EAGAIN)
    error = write_once(target, how, passed);
  for (int i = 0; i < 3; ++i)
    write_once(target, how, passed);
  return error;
}

int to_tcp(uv_loop_t* loop, How how) {
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof(address);
  if (bind(listener, generic(address), size) != 0 || listen(listener, 1) != 0) return 1;
  getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  int client = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(client, generic(address), size) != 0) return 1;
  int peer = accept(listener, nullptr, nullptr);
  static uv_tcp_t tcp;
  if (uv_tcp_init(loop, &tcp) != 0 || uv_tcp_open(&tcp, client) != 0) return 1;
  const linger reset = {1, 0};
  setsockopt(peer, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset));
  ::close(peer);
  return write_until_broken(stream(tcp), how);
}

int to_socket_pair(uv_loop_t* loop, How how) {
  int ends[2];
  static uv_pipe_t pipe, passed;
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) return 1;
  if (uv_pipe_init(loop, &pipe, 1) != 0 || uv_pipe_open(&pipe, ends[0]) != 0) return 1;
  ::close(ends[1]);
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) return 1;
  if (uv_pipe_init(loop, &passed, 0) != 0 || uv_pipe_open(&passed, ends[0]) != 0) return 1;
  return write_until_broken(stream(pipe), how, stream(passed));
}

int to_child(uv_loop_t* loop, How how) {
  static uv_pipe_t input;
  static uv_process_t process;
  uv_pipe_init(loop, &input, 0);
  char name[] = "true";
  char* arguments[] = {name, nullptr};
  uv_stdio_container_t stdio[1];
  stdio[0].flags = static_cast<uv_stdio_flags>(UV_CREATE_PIPE | UV_READABLE_PIPE);
  stdio[0].data.stream = stream(input);
  uv_process_options_t options = {};
  options.file = name;
  options.args = arguments;
  options.stdio = stdio;
  options.stdio_count = 1;
  static bool ended;
  options.exit_cb = [](uv_process_t*, int64_t, int) { ended = true; };
  if (uv_spawn(loop, &process, &options) != 0) return 1;
  while (!ended)
    uv_run(loop, UV_RUN_ONCE);
  return write_until_broken(stream(input), how);
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

struct BrokenCase {
  const char* name;
  int (*run)(uv_loop_t*, How);
  How how;
};

void PrintTo(const BrokenCase& tested, std::ostream* out) {
  *out << tested.name;
}

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

class BrokenPeer : public testing::TestWithParam<BrokenCase> {};

TEST_P(BrokenPeer, IsAnErrorAndNoSignal) {
  if (!is_at_least(1, 50)) GTEST_SKIP() << "this library leaves SIGPIPE to its user";
  const int status = status_in_child([](uv_loop_t* loop) {
    int error = GetParam().run(loop, GetParam().how);
    return error == UV_EPIPE || error == UV_ECONNRESET || is_gone_terminal(error) ? 0 : 3;
  });
  EXPECT_TRUE(WIFEXITED(status)) << "signal " << WTERMSIG(status);
  EXPECT_EQ(0, WEXITSTATUS(status));
}

INSTANTIATE_TEST_SUITE_P(Every, BrokenPeer,
                         testing::Values(BrokenCase{"tcp_write", to_tcp, How::kWrite},
                                         BrokenCase{"tcp_try_write", to_tcp, How::kTryWrite},
                                         BrokenCase{"pipe_write", to_socket_pair, How::kWrite},
                                         BrokenCase{"pipe_try_write", to_socket_pair,
                                                    How::kTryWrite},
                                         BrokenCase{"pipe_write2", to_socket_pair, How::kWrite2},
                                         BrokenCase{"child_write", to_child, How::kWrite},
                                         BrokenCase{"child_try_write", to_child, How::kTryWrite},
                                         BrokenCase{"tty_write", to_terminal, How::kWrite},
                                         BrokenCase{"tty_try_write", to_terminal, How::kTryWrite}),
                         [](const auto& tested) { return std::string(tested.param.name); });

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

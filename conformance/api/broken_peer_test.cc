// Peers that vanish. On POSIX systems with the default action of SIGPIPE, which would kill the
// process.
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <ostream>

#include <local_pair.h>

#include "broken_peer_support.h"
#include "loop_fixture.h"
#include "process_child.h"
#include "system.h"

namespace conformance {
namespace {

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

int to_pipe(uv_loop_t* loop, How how) {
  uv_file ends[2];
  static uv_pipe_t pipe, passed;
  if (test_support::open_local_pair(ends) != 0) return 1;
  if (uv_pipe_init(loop, &pipe, 1) != 0 || uv_pipe_open(&pipe, ends[0]) != 0) return 1;
  ::close(ends[1]);
  if (test_support::open_local_pair(ends) != 0) return 1;
  if (uv_pipe_init(loop, &passed, 0) != 0 || uv_pipe_open(&passed, ends[0]) != 0) return 1;
  const int error = write_until_broken(stream(pipe), how, stream(passed));
  ::close(ends[1]);
  return error;
}

int to_child(uv_loop_t* loop, How how) {
  static uv_pipe_t input;
  uv_pipe_init(loop, &input, 0);
  Child child({told_child()});
  child.pipe(0, UV_READABLE_PIPE, stream(input));
  if (child.spawn(*loop) != 0) return 1;
  while (child.exits == 0)
    uv_run(loop, UV_RUN_ONCE);
  const int error = write_until_broken(stream(input), how);
  close_all_handles(loop);
  return error;
}

struct BrokenCase {
  const char* name;
  int (*run)(uv_loop_t*, How);
  How how;
};

void PrintTo(const BrokenCase& tested, std::ostream* out) {
  *out << tested.name;
}

class BrokenPeer : public LoopTest, public testing::WithParamInterface<BrokenCase> {
  test_support::DeadlyPipeSignal deadly_;
};

TEST_P(BrokenPeer, IsAnErrorAndNoSignal) {
  if (!is_at_least(1, 50)) GTEST_SKIP() << "this library leaves SIGPIPE to its user";
  const int error = GetParam().run(&loop, GetParam().how);
  EXPECT_TRUE(error == UV_EPIPE || error == UV_ECONNRESET) << error;
}

INSTANTIATE_TEST_SUITE_P(Every, BrokenPeer,
                         testing::Values(BrokenCase{"tcp_write", to_tcp, How::kWrite},
                                         BrokenCase{"tcp_try_write", to_tcp, How::kTryWrite},
                                         BrokenCase{"pipe_write", to_pipe, How::kWrite},
                                         BrokenCase{"pipe_try_write", to_pipe, How::kTryWrite},
                                         BrokenCase{"pipe_write2", to_pipe, How::kWrite2},
                                         BrokenCase{"child_write", to_child, How::kWrite},
                                         BrokenCase{"child_try_write", to_child, How::kTryWrite}),
                         [](const auto& tested) { return std::string(tested.param.name); });

}  // namespace
}  // namespace conformance

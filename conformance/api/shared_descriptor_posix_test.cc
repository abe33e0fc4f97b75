// Several handles of one loop on one descriptor: what waits for room, pipes and local sockets.
#include <sys/un.h>

#include "shared_descriptor_support.h"

namespace conformance {
namespace {

// Windows has all the bytes already, and lets others write behind them.
TEST_F(SharedDescriptor, AWriteThatWaitsForRoomKeepsOthersOut) {
  uv_tcp_t& tcp = open_tcp(ends_[0]);
  Write write;
  ASSERT_EQ(0, write.start(stream(tcp), pattern(size_t{8} << 20)));
  uv_run(&loop_, UV_RUN_NOWAIT);
  ASSERT_EQ(0, write.calls);
  expect_all(UV_EEXIST, ends_[0]);
  close(tcp);
  run_until([&] { return write.calls == 1; });
}

TEST_F(SharedDescriptor, AReadingPipeKeepsOthersOutUntilItStops) {
  uv_pipe_t& pipe = open_pipe(ends_[0]);
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(pipe)));
  expect_all(UV_EEXIST, ends_[0]);
  ASSERT_EQ(0, uv_read_stop(stream(pipe)));
  expect_all(0, ends_[0]);
}

// Whatever the program calls it: a pipe in a TCP handle moves bytes like one in a pipe handle.
TEST_F(SharedDescriptor, APipeWorksAsATcpHandle) {
  uv_file pipe[2];
  ASSERT_EQ(0, uv_pipe(pipe, 0, 0));
  uv_tcp_t& from = open_tcp(pipe[0]);
  uv_tcp_t& to = open_tcp(pipe[1]);
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(from)));
  Write write;
  ASSERT_EQ(0, write.start(stream(to), "through a pipe"));
  run_until([&] { return reader.text.size() == 14; });
  EXPECT_EQ("through a pipe", reader.text);
  EXPECT_EQ(0, write.status);
}

// A reader's turn comes when it is connected; by then another handle watches the descriptor.
TEST_F(SharedDescriptor, AReaderWhoseTurnDoesNotComeIsTold) {
  if (!is_at_least(1, 50)) GTEST_SKIP() << "libuv 1.44 lets both watch";
  const int listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const std::string path = bind_to_new_path(listener);
  ASSERT_EQ(0, ::listen(listener, 5));
  uv_pipe_t& pipe = new_pipe();
  Connect connect;
  ASSERT_EQ(0, uv_pipe_connect2(connect.prepared(), &pipe, path.c_str(), path.size(), 0,
                                Connect::on_done));
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(pipe)));
  uv_os_fd_t descriptor;
  ASSERT_EQ(0, uv_fileno(reinterpret_cast<uv_handle_t*>(&pipe), &descriptor));
  uv_poll_t& poll = polls_.emplace_back();
  ASSERT_EQ(0, uv_poll_init(&loop_, &poll, descriptor));
  ASSERT_EQ(0, uv_poll_start(&poll, UV_DISCONNECT, ignore_poll));
  run_until([&] { return reader.end != 0; });
  EXPECT_EQ(0, connect.status);
  EXPECT_EQ(UV_EEXIST, reader.end);
  ::close(listener);
  ::unlink(path.c_str());
}

}  // namespace
}  // namespace conformance

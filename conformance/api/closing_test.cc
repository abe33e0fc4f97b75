// A handle that closes first: each request of it gets its callback exactly once, with UV_ECANCELED,
// after uv_close() and before the close callback.
#include <sys/socket.h>
#include <unistd.h>

#include <ostream>
#include <string>
#include <vector>

#include <local_pair.h>

#include "loop_fixture.h"
#include "stream_support.h"
#include "support.h"

namespace conformance {
namespace {

std::vector<int> outcomes;
bool closed;

constexpr auto noted = [](auto*, int status) {
  EXPECT_FALSE(closed) << "the request is over before the handle";
  outcomes.push_back(status);
};

class ClosingTest : public LoopTest {
 protected:
  void SetUp() override {
    LoopTest::SetUp();
    outcomes.clear();
    closed = false;
  }

  // A pipe that takes nothing more: its peer, whose descriptor is the result, does not read.
  uv_stream_t* full_pipe(int ipc) {
    int ends[2];
    uv_pipe_t& pipe = fresh<uv_pipe_t>();
    EXPECT_EQ(0, test_support::open_local_pair(ends));
    EXPECT_EQ(0, uv_pipe_init(&loop, &pipe, ipc));
    EXPECT_EQ(0, uv_pipe_open(&pipe, ends[0]));
    peer_ = ends[1];
    static char much[1 << 16];
    uv_buf_t buffer = uv_buf_init(much, sizeof(much));
    while (uv_try_write(stream(pipe), &buffer, 1) > 0) {
    }
    return stream(pipe);
  }

  void close_and_expect(uv_handle_t* handle, const std::vector<int>& expected) {
    uv_close(handle, [](uv_handle_t*) { closed = true; });
    EXPECT_TRUE(outcomes.empty()) << "not inside uv_close()";
    run();
    EXPECT_TRUE(closed);
    EXPECT_EQ(expected, outcomes);
    if (peer_ >= 0) ::close(peer_);
  }
  void close_and_expect(uv_stream_t* handle, const std::vector<int>& expected) {
    close_and_expect(reinterpret_cast<uv_handle_t*>(handle), expected);
  }

  int peer_ = -1;
  char byte_ = 'x';
};

TEST_F(ClosingTest, CancelsEveryWrite) {
  uv_stream_t* pipe = full_pipe(0);
  uv_buf_t buffer = uv_buf_init(&byte_, 1);
  uv_write_t* requests = fresh_array<uv_write_t>(3);
  for (int i = 0; i < 3; ++i)
    ASSERT_EQ(0, uv_write(&requests[i], pipe, &buffer, 1, noted));
  run(UV_RUN_NOWAIT);
  close_and_expect(pipe, {UV_ECANCELED, UV_ECANCELED, UV_ECANCELED});
}

TEST_F(ClosingTest, CancelsAWriteWithAHandle) {
  uv_stream_t* pipe = full_pipe(1);
  uv_buf_t buffer = uv_buf_init(&byte_, 1);
  ASSERT_EQ(0, uv_write2(&fresh<uv_write_t>(), pipe, &buffer, 1, pipe, noted));
  run(UV_RUN_NOWAIT);
  close_and_expect(pipe, {UV_ECANCELED});
}

TEST_F(ClosingTest, CancelsAShutdownBehindAWrite) {
  uv_stream_t* pipe = full_pipe(0);
  uv_buf_t buffer = uv_buf_init(&byte_, 1);
  ASSERT_EQ(0, uv_write(&fresh<uv_write_t>(), pipe, &buffer, 1, noted));
  ASSERT_EQ(0, uv_shutdown(&fresh<uv_shutdown_t>(), pipe, noted));
  run(UV_RUN_NOWAIT);
  close_and_expect(pipe, {UV_ECANCELED, UV_ECANCELED});
}

TEST_F(ClosingTest, CancelsATcpConnect) {
  uv_tcp_t& server = fresh<uv_tcp_t>();
  uv_tcp_t& client = fresh<uv_tcp_t>();
  sockaddr_in address = loopback(0);
  int size = sizeof(address);
  ASSERT_EQ(0, uv_tcp_init(&loop, &server));
  ASSERT_EQ(0, uv_tcp_bind(&server, generic(address), 0));
  ASSERT_EQ(0, uv_listen(stream(server), 1, [](uv_stream_t*, int) {}));
  uv_unref(reinterpret_cast<uv_handle_t*>(&server));
  uv_tcp_getsockname(&server, reinterpret_cast<sockaddr*>(&address), &size);
  ASSERT_EQ(0, uv_tcp_init(&loop, &client));
  ASSERT_EQ(0, uv_tcp_connect(&fresh<uv_connect_t>(), &client, generic(address), noted));
  close_and_expect(stream(client), {UV_ECANCELED});
}

// Even one that has failed: its callback had not run yet.
TEST_F(ClosingTest, CancelsARefusedConnect) {
  uv_pipe_t& client = fresh<uv_pipe_t>();
  ASSERT_EQ(0, uv_pipe_init(&loop, &client, 0));
  uv_pipe_connect(&fresh<uv_connect_t>(), &client, "/violet/does/not/exist", noted);
  close_and_expect(stream(client), {UV_ECANCELED});
}

TEST_F(ClosingTest, EndsEveryDatagramOnce) {
  uv_udp_t& udp = fresh<uv_udp_t>();
  sockaddr_in address = loopback(0);
  ASSERT_EQ(0, uv_udp_init(&loop, &udp));
  ASSERT_EQ(0, uv_udp_bind(&udp, generic(address), 0));
  uv_buf_t buffer = uv_buf_init(&byte_, 1);
  address = loopback(9);
  uv_udp_send_t* requests = fresh_array<uv_udp_send_t>(4);
  for (int i = 0; i < 4; ++i)
    ASSERT_EQ(0, uv_udp_send(&requests[i], &udp, &buffer, 1, generic(address), noted));
  uv_close(reinterpret_cast<uv_handle_t*>(&udp), [](uv_handle_t*) { closed = true; });
  EXPECT_TRUE(outcomes.empty()) << "not inside uv_close()";
  run();
  EXPECT_EQ(4u, outcomes.size());
  for (int outcome : outcomes)
    EXPECT_TRUE(outcome == 0 || outcome == UV_ECANCELED) << "sent already, or never";
}

}  // namespace
}  // namespace conformance

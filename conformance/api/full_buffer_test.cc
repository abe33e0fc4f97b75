// Bytes that fill the reader's buffer to the last one. libuv asks the kernel again and tells of
// "nothing more" with 0 bytes, which OCaml's luv takes for an error. An engine that received ahead
// knows what it has: no buffer is asked for in vain.
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <violet/violet.h>

#include "socket_flags.h"
#include "stream_support.h"

namespace conformance {
namespace {

constexpr size_t kSize = 100;

struct Reads {
  size_t allocations = 0;
  size_t full = 0;
  size_t empty = 0;
};

void allocate_counted(uv_handle_t* handle, size_t, uv_buf_t* buffer) {
  static char room[kSize];
  ++static_cast<Reads*>(handle->data)->allocations;
  *buffer = uv_buf_init(room, kSize);
}

void count_reads(uv_stream_t* handle, ssize_t size, const uv_buf_t*) {
  Reads& reads = *static_cast<Reads*>(handle->data);
  if (size == static_cast<ssize_t>(kSize)) ++reads.full;
  if (size == 0) ++reads.empty;
}

class FullBufferTest : public StreamTest {
 protected:
  void SetUp() override {
    StreamTest::SetUp();
    REQUIRE_FUNCTION(violet_backend_report);
    violet_backend_report_t report = {};
    report.size = sizeof(report);
    ASSERT_EQ(0, violet_backend_report(&loop_, &report));
    const std::string engine = report.backend;
    if (engine != "uring" && engine != "iocp")
      GTEST_SKIP() << report.backend << " does not receive ahead";
    for (unsigned int i = 0; i < report.feature_count; ++i) {
      const violet_feature_t& feature = report.features[i];
      if (std::string("multishot receive") == feature.name && feature.in_use == 0)
        GTEST_SKIP() << feature.reason;
    }
  }
};

TEST_F(FullBufferTest, IsNotFollowedByAnEmptyRead) {
  uv_tcp_t server;
  uv_tcp_t peer = {};
  uv_tcp_init(&loop_, &server);
  uv_tcp_init(&loop_, &peer);
  server.data = &peer;
  sockaddr_in address = loopback(0);
  ASSERT_EQ(0, uv_tcp_bind(&server, generic(address), 0));
  ASSERT_EQ(0, uv_listen(stream(server), 1, [](uv_stream_t* listener, int) {
              uv_accept(listener, static_cast<uv_stream_t*>(listener->data));
            }));
  int size = sizeof(address);
  ASSERT_EQ(0, uv_tcp_getsockname(&server, reinterpret_cast<sockaddr*>(&address), &size));
  const int client = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  ASSERT_EQ(0, ::connect(client, generic(address), sizeof(address)));
  run_until([&] { return uv_is_readable(stream(peer)) != 0; });

  Reads reads;
  peer.data = &reads;
  ASSERT_EQ(0, uv_read_start(stream(peer), allocate_counted, count_reads));
  const std::string three(3 * kSize, 'x');
  for (size_t expected = 3; expected <= 30; expected += 3) {
    ASSERT_EQ(static_cast<ssize_t>(three.size()), ::send(client, three.data(), three.size(), 0));
    run_until([&] { return reads.full >= expected; });
  }
  uv_run(&loop_, UV_RUN_NOWAIT);
  EXPECT_EQ(0u, reads.empty);
  EXPECT_EQ(reads.full, reads.allocations);
  ::close(client);
  close(server);
  close(peer);
  uv_run(&loop_, UV_RUN_DEFAULT);
}

}  // namespace
}  // namespace conformance

// A callback that stops reading, or closes the handle, where it is asked for memory: what it gave
// comes back through the read callback, with no bytes, and what was to be read stays.
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <vector>

#include <local_pair.h>

#include "socket_flags.h"
#include "stream_support.h"
#include "udp_support.h"

namespace conformance {
namespace {

struct Given {
  ssize_t size;
  char* base;
  size_t length;
};

// Memory of which one part is lent at most, and what came of it.
struct Lender {
  std::vector<char> memory = std::vector<char>(2 * 64 * 1024);
  std::function<void(uv_handle_t*, uv_buf_t*)> while_allocating;
  std::vector<Given> returned;
  bool closed = false;

  void lend(uv_handle_t* handle, uv_buf_t* buffer) {
    *buffer = uv_buf_init(memory.data(), static_cast<unsigned>(memory.size()));
    if (while_allocating) while_allocating(handle, buffer);
  }
  static void allocate(uv_handle_t* handle, size_t, uv_buf_t* buffer) {
    static_cast<Lender*>(handle->data)->lend(handle, buffer);
  }
  void note(ssize_t size, const uv_buf_t* buffer) {
    EXPECT_FALSE(closed) << "nothing comes after the close callback";
    returned.push_back({size, buffer->base, buffer->len});
  }
  static void on_closed(uv_handle_t* handle) { static_cast<Lender*>(handle->data)->closed = true; }

  void expect_back_once() {
    ASSERT_EQ(1u, returned.size());
    EXPECT_EQ(0, returned[0].size);
    EXPECT_EQ(memory.data(), returned[0].base);
    EXPECT_EQ(memory.size(), returned[0].length);
  }
};

class StopInAlloc : public StreamTest {
 protected:
  void SetUp() override {
    StreamTest::SetUp();
    if (!is_at_least(1, 50)) GTEST_SKIP() << "libuv 1.44 calls a null pointer";
    uv_file ends[2];
    ASSERT_EQ(0, test_support::open_local_pair(ends));
    uv_pipe_init(&loop_, &pipe_, 0);
    ASSERT_EQ(0, uv_pipe_open(&pipe_, ends[0]));
    peer_ = ends[1];
    pipe_.data = &lender_;
    ASSERT_EQ(0, uv_read_start(stream(pipe_), Lender::allocate, on_read));
    ASSERT_EQ(5, ::write(peer_, "hello", 5));
  }
  void TearDown() override {
    if (peer_ >= 0) ::close(peer_);
    StreamTest::TearDown();
  }

  static void on_read(uv_stream_t* stream, ssize_t size, const uv_buf_t* buffer) {
    static_cast<Lender*>(stream->data)->note(size, buffer);
  }
  static void stop(uv_handle_t* handle, uv_buf_t*) {
    EXPECT_EQ(0, uv_read_stop(reinterpret_cast<uv_stream_t*>(handle)));
  }
  static void stop_without_memory(uv_handle_t* handle, uv_buf_t* buffer) {
    stop(handle, buffer);
    *buffer = uv_buf_init(nullptr, 0);
  }

  uv_pipe_t pipe_;
  int peer_ = -1;
  Lender lender_;
};

TEST_F(StopInAlloc, MemoryComesBackOnce) {
  lender_.while_allocating = stop;
  run_until([&] { return !lender_.returned.empty(); });
  uv_run(&loop_, UV_RUN_NOWAIT);
  lender_.expect_back_once();
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(pipe_)));
  run_until([&] { return reader.text == "hello"; });
}

TEST_F(StopInAlloc, MemoryComesBackBeforeTheHandleIsClosed) {
  lender_.while_allocating = [](uv_handle_t* handle, uv_buf_t*) {
    uv_close(handle, Lender::on_closed);
  };
  run_until([&] { return lender_.closed; });
  lender_.expect_back_once();
}

TEST_F(StopInAlloc, WithoutMemoryThereIsNothingToReturn) {
  bool asked = false;
  lender_.while_allocating = [&](uv_handle_t* handle, uv_buf_t* buffer) {
    stop_without_memory(handle, buffer);
    asked = true;
  };
  run_until([&] { return asked; });
  uv_run(&loop_, UV_RUN_NOWAIT);
  EXPECT_TRUE(lender_.returned.empty());
}

TEST_F(StopInAlloc, WhoReadsOnGetsTheBytes) {
  Reader reader;
  lender_.while_allocating = [&](uv_handle_t* handle, uv_buf_t* buffer) {
    stop(handle, buffer);
    EXPECT_EQ(0, reader.start(reinterpret_cast<uv_stream_t*>(handle)));
    *buffer = uv_buf_init(new char[16], 16);
  };
  run_until([&] { return reader.text == "hello"; });
  EXPECT_TRUE(lender_.returned.empty()) << "the later callback has it";
}

// With and without UV_UDP_RECVMMSG.
class UdpStopInAlloc : public StreamTest, public ::testing::WithParamInterface<unsigned> {
 protected:
  void SetUp() override {
    StreamTest::SetUp();
    if (!is_at_least(1, 50)) GTEST_SKIP() << "libuv 1.44 calls a null pointer";
    ASSERT_EQ(0, uv_udp_init_ex(&loop_, &udp_, AF_INET | GetParam()));
    udp_.data = &lender_;
    sockaddr_in address = loopback(0);
    ASSERT_EQ(0, uv_udp_bind(&udp_, generic(address), 0));
    int size = sizeof(address);
    ASSERT_EQ(0, uv_udp_getsockname(&udp_, reinterpret_cast<sockaddr*>(&address), &size));
    ASSERT_EQ(0, uv_udp_recv_start(&udp_, Lender::allocate, on_received));
    sender_ = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    ASSERT_EQ(5, ::sendto(sender_, "hello", 5, 0, generic(address), sizeof(address)));
  }
  void TearDown() override {
    if (sender_ >= 0) ::close(sender_);
    StreamTest::TearDown();
  }

  static void on_received(uv_udp_t* udp, ssize_t size, const uv_buf_t* buffer,
                          const sockaddr* sender, unsigned flags) {
    Lender& lender = *static_cast<Lender*>(udp->data);
    if (size == 0) {
      EXPECT_EQ(nullptr, sender) << "not a message";
    }
    if ((flags & UV_UDP_MMSG_FREE) == 0) lender.note(size, buffer);
  }
  static void stop(uv_handle_t* handle, uv_buf_t*) {
    EXPECT_EQ(0, uv_udp_recv_stop(reinterpret_cast<uv_udp_t*>(handle)));
  }

  uv_udp_t udp_;
  int sender_ = -1;
  Lender lender_;
};

TEST_P(UdpStopInAlloc, MemoryComesBackOnceAndTheMessageStays) {
  lender_.while_allocating = stop;
  run_until([&] { return !lender_.returned.empty(); });
  uv_run(&loop_, UV_RUN_NOWAIT);
  lender_.expect_back_once();
  lender_.returned.clear();
  lender_.while_allocating = nullptr;
  ASSERT_EQ(0, uv_udp_recv_start(&udp_, Lender::allocate, on_received));
  run_until([&] { return !lender_.returned.empty() && lender_.returned[0].size == 5; });
}

TEST_P(UdpStopInAlloc, MemoryComesBackBeforeTheHandleIsClosed) {
  lender_.while_allocating = [](uv_handle_t* handle, uv_buf_t*) {
    uv_close(handle, Lender::on_closed);
  };
  run_until([&] { return lender_.closed; });
  lender_.expect_back_once();
}

TEST_P(UdpStopInAlloc, WithoutMemoryThereIsNothingToReturn) {
  bool asked = false;
  lender_.while_allocating = [&](uv_handle_t* handle, uv_buf_t* buffer) {
    stop(handle, buffer);
    *buffer = uv_buf_init(nullptr, 0);
    asked = true;
  };
  run_until([&] { return asked; });
  uv_run(&loop_, UV_RUN_NOWAIT);
  EXPECT_TRUE(lender_.returned.empty());
}

INSTANTIATE_TEST_SUITE_P(Ways, UdpStopInAlloc, ::testing::Values(0u, unsigned{UV_UDP_RECVMMSG}),
                         [](const auto& way) { return way.param == 0 ? "Single" : "Several"; });

}  // namespace
}  // namespace conformance

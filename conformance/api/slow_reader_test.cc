// Readers that take less than comes, whose other sides are bare sockets: they hold their own peers
// back, and nobody else.
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <vector>

#include "socket_flags.h"
#include "stream_support.h"

namespace conformance {
namespace {

// An accepted stream, so that an engine may receive ahead, and the bare socket at its other end.
struct Link {
  uv_tcp_t tcp = {};
  int peer = -1;
  size_t received = 0;

  ~Link() { ::close(peer); }
};

class SlowReader : public StreamTest {
 protected:
  static constexpr int kKernelBuffer = 16 * 1024;

  void SetUp() override {
    StreamTest::SetUp();
    uv_tcp_init(&loop_, &server_);
    server_.data = this;
    const sockaddr_in any = loopback(0);
    ASSERT_EQ(0, uv_tcp_bind(&server_, generic(any), 0));
    int size = kKernelBuffer;
    ASSERT_EQ(0, uv_recv_buffer_size(reinterpret_cast<uv_handle_t*>(&server_), &size));
    ASSERT_EQ(0, uv_listen(stream(server_), 64, [](uv_stream_t* server, int status) {
                ASSERT_EQ(0, status);
                Link& link = *static_cast<SlowReader*>(server->data)->accepting_;
                ASSERT_EQ(0, uv_accept(server, stream(link.tcp)));
                static_cast<SlowReader*>(server->data)->accepting_ = nullptr;
              }));
    size = sizeof(address_);
    ASSERT_EQ(0, uv_tcp_getsockname(&server_, reinterpret_cast<sockaddr*>(&address_), &size));
  }

  void TearDown() override {
    StreamTest::TearDown();
    links_.clear();
  }

  Link& link() {
    links_.push_back(std::make_unique<Link>());
    Link& made = *links_.back();
    uv_tcp_init(&loop_, &made.tcp);
    made.tcp.data = &made;
    accepting_ = &made;
    made.peer = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ::setsockopt(made.peer, SOL_SOCKET, SO_SNDBUF, &kKernelBuffer, sizeof(kKernelBuffer));
    EXPECT_EQ(0, ::connect(made.peer, generic(address_), sizeof(address_)));
    EXPECT_EQ(0, ::fcntl(made.peer, F_SETFL, O_NONBLOCK));
    run_until([&] { return accepting_ == nullptr; });
    return made;
  }

  // False when the kernel takes no more.
  static bool send_some(const Link& link, size_t size = 1000) {
    const std::string bytes(size, 'x');
    return ::send(link.peer, bytes.data(), bytes.size(), MSG_NOSIGNAL) > 0;
  }

  static void take_one_byte(uv_handle_t*, size_t, uv_buf_t* buffer) {
    static char byte;
    *buffer = uv_buf_init(&byte, 1);
  }
  static void take_nothing(uv_handle_t*, size_t, uv_buf_t* buffer) {
    *buffer = uv_buf_init(nullptr, 0);
  }
  static void take_all(uv_handle_t*, size_t size, uv_buf_t* buffer) {
    static std::vector<char> room(size);
    *buffer = uv_buf_init(room.data(), static_cast<unsigned int>(room.size()));
  }
  static void count(uv_stream_t* handle, ssize_t size, const uv_buf_t*) {
    if (size > 0) static_cast<Link*>(handle->data)->received += static_cast<size_t>(size);
  }

  uv_tcp_t server_;
  sockaddr_in address_ = {};
  Link* accepting_ = nullptr;
  std::vector<std::unique_ptr<Link>> links_;
};

TEST_F(SlowReader, ThatStopsAfterEachByteHoldsItsPeerBack) {
  // Many times what the kernel and an engine may keep.
  constexpr size_t kTooMuch = size_t{8} << 20;
  Link& slow = link();
  auto read_one = [](uv_stream_t* handle, ssize_t size, const uv_buf_t* buffer) {
    count(handle, size, buffer);
    uv_read_stop(handle);
  };
  size_t sent = 0;
  // Full for good, not for the moment that the kernel takes to move what it has.
  for (int full = 0; full < 100 && sent < kTooMuch;) {
    if (send_some(slow)) {
      sent += 1000;
      full = 0;
    } else {
      ++full;
    }
    const size_t before = slow.received;
    ASSERT_EQ(0, uv_read_start(stream(slow.tcp), take_one_byte, read_one));
    run_until([&] { return slow.received > before; });
    uv_run(&loop_, UV_RUN_NOWAIT);
  }
  EXPECT_LT(sent, kTooMuch);
}

TEST_F(SlowReader, ManyDoNotStarveTheOthers) {
  for (const uv_alloc_cb allocate : {take_nothing, take_one_byte}) {
    std::vector<Link*> slow;
    for (int i = 0; i < 24; ++i) {
      slow.push_back(&link());
      ASSERT_EQ(0, uv_read_start(stream(slow.back()->tcp), allocate, count));
    }
    auto feed = [&] {
      for (const Link* each : slow) {
        for (int i = 0; i < 20; ++i)
          send_some(*each, 2000);
      }
      uv_run(&loop_, UV_RUN_NOWAIT);
    };
    for (int i = 0; i < 50; ++i)
      feed();
    Link& other = link();
    ASSERT_EQ(0, uv_read_start(stream(other.tcp), take_all, count));
    ASSERT_TRUE(send_some(other));
    for (int turns = 0; turns < 100 && other.received == 0; ++turns)
      feed();
    EXPECT_EQ(1000u, other.received);
    for (Link* each : slow)
      close(each->tcp);
    uv_run(&loop_, UV_RUN_NOWAIT);
  }
}

}  // namespace
}  // namespace conformance

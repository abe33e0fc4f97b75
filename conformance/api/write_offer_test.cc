// What uv_write() offers to the kernel before it returns, and the counts of buffers it refuses.
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "stream_support.h"
#include "system.h"

namespace conformance {
namespace {

constexpr std::size_t kOffered = 8;

bool sends_with_wait() {
  const char* backend = std::getenv("VIOLET_BACKEND");
  return backend != nullptr && std::strcmp(backend, "uring") == 0;
}

class WriteOffer : public StreamTest {
 public:
  void SetUp() override {
    StreamTest::SetUp();
    open();
  }

  void TearDown() override {
    StreamTest::TearDown();
    ::close(peer_);
  }

  void open() {
    int ends[2];
    ASSERT_EQ(0, ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends));
    ASSERT_EQ(0, uv_pipe_init(&loop_, &pipe_, 0));
    ASSERT_EQ(0, uv_pipe_open(&pipe_, ends[0]));
    peer_ = ends[1];
    pipe_.data = this;
  }

  void write(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      uv_buf_t buffer = uv_buf_init(bytes_, 1);
      ASSERT_EQ(0, uv_write(&requests_[written_++], stream(pipe_), &buffer, 1, nullptr));
    }
  }

  // Without waiting: how many have come.
  std::size_t come() {
    char memory[256];
    const ssize_t count = ::recv(peer_, memory, sizeof(memory), MSG_DONTWAIT);
    return count < 0 ? 0 : static_cast<std::size_t>(count);
  }

  uv_pipe_t pipe_;
  int peer_ = -1;
  char bytes_[1] = {'x'};
  std::array<uv_write_t, 64> requests_;
  uv_process_t process_;
  std::size_t written_ = 0;
};

TEST_F(WriteOffer, ABlockingReadAfterTheFirstWritesFindsThem) {
  for (std::size_t i = 0; i < kOffered; ++i) {
    write(1);
    char byte = 0;
    // It would wait for ever, were the byte not there.
    ASSERT_EQ(1, ::read(peer_, &byte, 1));
    EXPECT_EQ('x', byte);
  }
}

TEST_F(WriteOffer, EachRunBringsNewOffers) {
  for (int round = 0; round < 3; ++round) {
    write(kOffered);
    EXPECT_EQ(kOffered, come());
    uv_run(&loop_, UV_RUN_NOWAIT);
  }
}

TEST_F(WriteOffer, InACallbackTheFirstWritesAreThere) {
  if (sends_with_wait()) GTEST_SKIP() << "this engine sends with its next wait";
  uv_timer_t timer;
  uv_timer_init(&loop_, &timer);
  timer.data = this;
  auto check_offers = [](uv_timer_t* self) {
    WriteOffer& test = *static_cast<WriteOffer*>(self->data);
    test.write(kOffered);
    EXPECT_EQ(kOffered, test.come());
    uv_close(reinterpret_cast<uv_handle_t*>(self), nullptr);
  };
  uv_timer_start(&timer, check_offers, 0, 0);
  uv_run(&loop_, UV_RUN_DEFAULT);
  EXPECT_EQ(kOffered, written_);
}

TEST_F(WriteOffer, IoUringWritesAtOnceIfItIsTold) {
  if (!sends_with_wait()) GTEST_SKIP() << "for the io_uring engine";
  TearDown();
  ASSERT_EQ(0, ::setenv("VIOLET_URING_WRITES", "now", 1));
  StreamTest::SetUp();
  ASSERT_EQ(0, ::unsetenv("VIOLET_URING_WRITES"));
  open();
  uv_timer_t timer;
  uv_timer_init(&loop_, &timer);
  timer.data = this;
  auto check_offers = [](uv_timer_t* self) {
    WriteOffer& test = *static_cast<WriteOffer*>(self->data);
    test.write(kOffered);
    EXPECT_EQ(kOffered, test.come());
    uv_close(reinterpret_cast<uv_handle_t*>(self), nullptr);
  };
  uv_timer_start(&timer, check_offers, 0, 0);
  uv_run(&loop_, UV_RUN_DEFAULT);
  EXPECT_EQ(kOffered, written_);
}

TEST_F(WriteOffer, ATryAfterManyWritesComesBehindThem) {
  write(20);
  uv_buf_t buffer = uv_buf_init(bytes_, 1);
  EXPECT_EQ(1, uv_try_write(stream(pipe_), &buffer, 1));
  EXPECT_EQ(21U, come());
}

TEST_F(WriteOffer, ManyWritesGoOutWithTheRun) {
  write(60);
  uv_run(&loop_, UV_RUN_NOWAIT);
  EXPECT_EQ(60U, come());
  EXPECT_EQ(0U, uv_stream_get_write_queue_size(stream(pipe_)));
}

TEST_F(WriteOffer, ManyWritesGoOutBeforeTheStreamBlocks) {
  write(20);
  ASSERT_EQ(0, uv_stream_set_blocking(stream(pipe_), 1));
  write(1);
  EXPECT_EQ(21U, come());
}

// A callback writes more than is offered at once; what its child writes comes behind.
TEST_F(WriteOffer, AChildsOutputComesBehindItsParents) {
  uv_timer_t timer;
  uv_timer_init(&loop_, &timer);
  timer.data = this;
  auto write_and_spawn = [](uv_timer_t* self) {
    WriteOffer& test = *static_cast<WriteOffer*>(self->data);
    test.write(20);
    uv_os_fd_t end;
    ASSERT_EQ(0, uv_fileno(reinterpret_cast<uv_handle_t*>(&test.pipe_), &end));
    char shell[] = "/bin/sh", option[] = "-c", text[] = "printf y";
    char* arguments[] = {shell, option, text, nullptr};
    uv_stdio_container_t stdio[2] = {};
    stdio[1].flags = UV_INHERIT_FD;
    stdio[1].data.fd = end;
    uv_process_options_t options = {};
    options.file = shell;
    options.args = arguments;
    options.stdio = stdio;
    options.stdio_count = 2;
    ASSERT_EQ(0, uv_spawn(self->loop, &test.process_, &options));
    uv_close(reinterpret_cast<uv_handle_t*>(self), nullptr);
    // The child's byte is the last, however soon it came.
    char memory[32];
    ASSERT_EQ(20, ::recv(test.peer_, memory, 20, MSG_WAITALL));
    EXPECT_EQ(std::string(20, 'x'), std::string(memory, 20));
  };
  uv_timer_start(&timer, write_and_spawn, 0, 0);
  uv_run(&loop_, UV_RUN_DEFAULT);
  char last = 0;
  EXPECT_EQ(1, ::recv(peer_, &last, 1, 0));
  EXPECT_EQ('y', last);
}

TEST_F(WriteOffer, AFailedWriteCountsUntilItsCallback) {
  if (!is_at_least(1, 50)) GTEST_SKIP() << "this library leaves SIGPIPE to its user";
  ::close(peer_);
  peer_ = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  uv_buf_t buffer = uv_buf_init(bytes_, 1);
  std::size_t left = 1;
  pipe_.data = &left;
  auto note = [](uv_write_t* request, int status) {
    EXPECT_EQ(UV_EPIPE, status);
    *static_cast<std::size_t*>(request->handle->data) =
        uv_stream_get_write_queue_size(request->handle);
  };
  ASSERT_EQ(0, uv_write(&requests_[0], stream(pipe_), &buffer, 1, note));
  EXPECT_EQ(1U, uv_stream_get_write_queue_size(stream(pipe_)));
  EXPECT_EQ(UV_EAGAIN, uv_try_write(stream(pipe_), &buffer, 1));
  uv_run(&loop_, UV_RUN_NOWAIT);
  EXPECT_EQ(0U, left);
  EXPECT_EQ(UV_EPIPE, uv_try_write(stream(pipe_), &buffer, 1));
}

TEST_F(WriteOffer, ATryBehindAFullPipeIsToldToWaitAfterAShutdownToo) {
  std::string large(std::size_t{4} << 20, 'y');
  uv_buf_t buffer = uv_buf_init(large.data(), static_cast<unsigned int>(large.size()));
  uv_buf_t one = uv_buf_init(bytes_, 1);
  uv_shutdown_t shutdown;
  ASSERT_EQ(0, uv_write(&requests_[0], stream(pipe_), &buffer, 1, nullptr));
  ASSERT_EQ(0, uv_shutdown(&shutdown, stream(pipe_), nullptr));
  EXPECT_EQ(UV_EAGAIN, uv_try_write(stream(pipe_), &one, 1));
  EXPECT_EQ(UV_EPIPE, uv_write(&requests_[1], stream(pipe_), &one, 1, nullptr));
  close(pipe_);
  uv_run(&loop_, UV_RUN_DEFAULT);
}

// libuv 1.44 aborts.
TEST_F(WriteOffer, AWrongCountOfBuffersIsRefusedFirst) {
  if (!is_at_least(1, 52)) GTEST_SKIP() << "this library aborts";
  uv_pipe_t unopened;
  ASSERT_EQ(0, uv_pipe_init(&loop_, &unopened, 1));
  uv_buf_t buffer = uv_buf_init(bytes_, 1);
  for (uv_stream_t* handle : {stream(pipe_), stream(unopened)}) {
    for (unsigned int count : {0U, 1U + INT_MAX, UINT_MAX}) {
      uv_write_t* request = &requests_[0];
      EXPECT_EQ(UV_EINVAL, uv_write(request, handle, &buffer, count, nullptr));
      EXPECT_EQ(UV_EINVAL, uv_write2(request, handle, &buffer, count, handle, nullptr));
      EXPECT_EQ(UV_EINVAL, uv_try_write(handle, &buffer, count));
      EXPECT_EQ(UV_EINVAL, uv_try_write2(handle, &buffer, count, handle));
    }
    EXPECT_EQ(UV_EINVAL, uv_write(&requests_[0], handle, nullptr, 1, nullptr));
    EXPECT_EQ(UV_EINVAL, uv_try_write(handle, nullptr, 1));
  }
  EXPECT_EQ(UV_EBADF, uv_write(&requests_[0], stream(unopened), &buffer, 1, nullptr));
  EXPECT_EQ(0, uv_loop_alive(&loop_));
  close(unopened);
  uv_run(&loop_, UV_RUN_DEFAULT);
}

// What was written while it connected is the engine's when the callback runs.
TEST_F(WriteOffer, AForkInAConnectCallbackLeavesNothingBehind) {
  if (!is_at_least(1, 50)) GTEST_SKIP() << "libuv 1.44 writes after this callback";
  const int server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = {};
  uv_ip4_addr("127.0.0.1", 0, &address);
  socklen_t size = sizeof(address);
  ASSERT_EQ(0, ::bind(server, reinterpret_cast<sockaddr*>(&address), size));
  ASSERT_EQ(0, ::listen(server, 1));
  ASSERT_EQ(0, ::getsockname(server, reinterpret_cast<sockaddr*>(&address), &size));
  uv_tcp_t tcp;
  uv_connect_t connect;
  ASSERT_EQ(0, uv_tcp_init(&loop_, &tcp));
  ssize_t came = -1;
  std::pair<int, ssize_t*> peer = {server, &came};
  connect.data = &peer;
  auto fork_and_look = [](uv_connect_t* self, int status) {
    ASSERT_EQ(0, status);
    auto [listener, count] = *static_cast<std::pair<int, ssize_t*>*>(self->data);
    const pid_t child = ::fork();
    if (child == 0) ::_exit(0);
    int ended = -1;
    ASSERT_EQ(child, ::waitpid(child, &ended, 0));
    const int accepted = ::accept(listener, nullptr, nullptr);
    char bytes[8];
    *count = ::recv(accepted, bytes, sizeof(bytes), MSG_DONTWAIT);
    ::close(accepted);
    uv_close(reinterpret_cast<uv_handle_t*>(self->handle), nullptr);
  };
  ASSERT_EQ(0,
            uv_tcp_connect(&connect, &tcp, reinterpret_cast<sockaddr*>(&address), fork_and_look));
  uv_buf_t buffer = uv_buf_init(bytes_, 1);
  ASSERT_EQ(0, uv_write(&requests_[0], stream(tcp), &buffer, 1, nullptr));
  uv_run(&loop_, UV_RUN_DEFAULT);
  EXPECT_EQ(1, came);
  ::close(server);
}

}  // namespace
}  // namespace conformance

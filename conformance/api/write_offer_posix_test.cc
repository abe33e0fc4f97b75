// What uv_write() offers to the kernel before the program starts or forks another process.
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <utility>

#include "own_process.h"
#include "socket_flags.h"
#include "write_offer_support.h"

namespace conformance {
namespace {

// A callback writes more than is offered at once; what its child writes comes behind.
TEST_F(WriteOffer, AChildsOutputComesBehindItsParents) {
  uv_timer_t timer;
  uv_timer_init(&loop_, &timer);
  timer.data = this;
  auto write_and_spawn = [](uv_timer_t* self) {
    WriteOffer& test = *static_cast<WriteOffer*>(self->data);
    static uv_process_t process;
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
    ASSERT_EQ(0, uv_spawn(self->loop, &process, &options));
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
    ASSERT_EQ(0, in_own_process([] { return 0; }));
    const int accepted = ::accept(listener, nullptr, nullptr);
    // Loopback may take its time.
    pollfd readable = {accepted, POLLIN, 0};
    ::poll(&readable, 1, 10'000);
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

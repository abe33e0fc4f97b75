// A listener, and clients that the library under test knows nothing of.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>

#include "socket_flags.h"
#include "stream_support.h"

namespace conformance {

// A client that the library under test knows nothing of.
class RawClient {
 public:
  explicit RawClient(const sockaddr_in& address) {
    fd_ = socket(AF_INET, SOCK_STREAM, 0);
    connected_ = ::connect(fd_, generic(address), sizeof(address)) == 0;
  }
  ~RawClient() { ::close(fd_); }
  bool connected() const { return connected_; }
  // What the server sends until it ends the connection.
  std::string read_all() {
    std::string text;
    char buffer[64];
    for (ssize_t count; (count = ::read(fd_, buffer, sizeof(buffer))) > 0;)
      text.append(buffer, static_cast<std::size_t>(count));
    return text;
  }

 private:
  int fd_;
  bool connected_;
};

class InFlight : public StreamTest {
 protected:
  void listen(uv_connection_cb callback) {
    uv_tcp_init(&loop_, &server_);
    server_.data = this;
    const sockaddr_in any = loopback(0);
    ASSERT_EQ(0, uv_tcp_bind(&server_, generic(any), 0));
    ASSERT_EQ(0, uv_listen(stream(server_), 64, callback));
    int size = sizeof(address_);
    ASSERT_EQ(0, uv_tcp_getsockname(&server_, reinterpret_cast<sockaddr*>(&address_), &size));
  }
  // What a loop keeps open for itself is open afterwards.
  void listen_once() {
    listen([](uv_stream_t*, int) {});
    close(server_);
    turn(2);
  }
  void turn(int times) {
    for (int i = 0; i < times; ++i)
      uv_run(&loop_, UV_RUN_NOWAIT);
  }

  uv_tcp_t server_;
  sockaddr_in address_ = {};
};

}  // namespace conformance

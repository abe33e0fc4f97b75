// Sockets that remember what they received, and requests that remember how they ended.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <cstring>
#include <string>
#include <vector>

#include "platform.h"
#include "support.h"

namespace conformance {

using Texts = std::vector<std::string>;

// The bytes have to outlive it.
inline uv_buf_t buffer_of(const char* text) {
  return uv_buf_init(const_cast<char*>(text), static_cast<unsigned>(std::strlen(text)));
}
inline uv_buf_t buffer_of(const std::string& text) {
  return uv_buf_init(const_cast<char*>(text.data()), static_cast<unsigned>(text.size()));
}

inline sockaddr_in6 loopback6() {
  sockaddr_in6 address = {};
  EXPECT_EQ(0, uv_ip6_addr("::1", 0, &address));
  return address;
}

struct Received {
  ssize_t size;
  std::string text;
  bool has_sender;
  unsigned flags;
  in_port_t port;  // of the sender, in network order
};

// A socket and what it received; "nothing there" reports are left out unless asked for.
struct Socket {
  uv_udp_t udp = {};
  std::vector<Received> received;
  void (*then)(Socket&) = nullptr;
  std::vector<char> memory = std::vector<char>(64 * 1024);
  int allocations = 0;
  int empty_reports = 0;

  explicit Socket(uv_loop_t& loop, unsigned flags = 0) {
    EXPECT_EQ(0, uv_udp_init_ex(&loop, &udp, flags));
    udp.data = this;
  }
  ~Socket() {
    then = nullptr;
    close();
    uv_run(udp.loop, UV_RUN_NOWAIT);
  }

  uv_handle_t* handle() { return reinterpret_cast<uv_handle_t*>(&udp); }
  void close() {
    if (!uv_is_closing(handle())) uv_close(handle(), nullptr);
  }
  bool active() { return uv_is_active(handle()) != 0; }

  int bind(const char* address = "127.0.0.1", unsigned flags = 0) {
    sockaddr_in v4;
    EXPECT_EQ(0, uv_ip4_addr(address, 0, &v4));
    return uv_udp_bind(&udp, reinterpret_cast<sockaddr*>(&v4), flags);
  }
  sockaddr_in name() {
    sockaddr_in name = {};
    int size = sizeof(name);
    EXPECT_EQ(0, uv_udp_getsockname(&udp, reinterpret_cast<sockaddr*>(&name), &size));
    EXPECT_EQ(static_cast<int>(sizeof(name)), size);
    return name;
  }
  int start() { return uv_udp_recv_start(&udp, on_allocate, on_received); }

  int try_send(const std::string& text, Socket* target) {
    sockaddr_in address = {};
    if (target != nullptr) address = target->name();
    uv_buf_t buffer = buffer_of(text);
    return uv_udp_try_send(&udp, &buffer, 1,
                           target == nullptr ? nullptr : reinterpret_cast<sockaddr*>(&address));
  }

  Texts texts() const {
    Texts texts;
    for (const Received& message : received)
      texts.push_back(message.text);
    return texts;
  }

  static void on_allocate(uv_handle_t* handle, std::size_t suggested, uv_buf_t* buffer) {
    Socket& self = *static_cast<Socket*>(handle->data);
    EXPECT_EQ(65536u, suggested);
    ++self.allocations;
    *buffer = uv_buf_init(self.memory.data(), static_cast<unsigned>(self.memory.size()));
  }
  static void on_received(uv_udp_t* udp, ssize_t size, const uv_buf_t* buffer,
                          const sockaddr* sender, unsigned flags) {
    Socket& self = *static_cast<Socket*>(udp->data);
    if (size == 0 && sender == nullptr && flags == 0) {
      ++self.empty_reports;
      return;
    }
    std::string text = size > 0 ? std::string(buffer->base, static_cast<std::size_t>(size)) : "";
    const bool is_v4 = sender != nullptr && sender->sa_family == AF_INET;
    self.received.push_back(
        {size, text, sender != nullptr, flags,
         is_v4 ? reinterpret_cast<const sockaddr_in*>(sender)->sin_port : in_port_t{0}});
    if (self.then != nullptr) self.then(self);
  }
};

// One that receives and one that sends.
struct Pair {
  explicit Pair(uv_loop_t& loop, unsigned flags = 0) : server(loop, flags), client(loop) {
    EXPECT_EQ(0, server.bind());
    EXPECT_EQ(0, client.bind());
    make_room_for_large_datagrams(server.udp);
    make_room_for_large_datagrams(client.udp);
  }
  Texts send(unsigned count, unsigned first = 0) {
    Texts sent;
    for (unsigned i = first; i < first + count; ++i) {
      sent.push_back("message " + std::to_string(i));
      EXPECT_EQ(static_cast<int>(sent.back().size()), client.try_send(sent.back(), &server));
    }
    return sent;
  }

  Socket server;
  Socket client;
};

inline Texts joined(Texts texts, const Texts& more) {
  texts.insert(texts.end(), more.begin(), more.end());
  return texts;
}

struct Request {
  uv_udp_send_t send = {};
  int calls = 0;
  int status = 1;
  std::vector<Request*>* order = nullptr;
  std::string text;

  int start(Socket& from, const std::string& message, Socket* target) {
    sockaddr_in address = {};
    if (target != nullptr) address = target->name();
    return start_to(from, message,
                    target == nullptr ? nullptr : reinterpret_cast<sockaddr*>(&address));
  }
  int start_to(Socket& from, const std::string& message, const sockaddr* address) {
    text = message;
    uv_buf_t buffer = buffer_of(text);
    send.data = this;
    return uv_udp_send(&send, &from.udp, &buffer, 1, address, on_sent);
  }
  static void on_sent(uv_udp_send_t* send, int status) {
    Request& self = *static_cast<Request*>(send->data);
    ++self.calls;
    self.status = status;
    if (self.order != nullptr) self.order->push_back(&self);
  }
};

class UdpTest : public testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(0, uv_loop_init(&loop)); }
  void TearDown() override {
    uv_run(&loop, UV_RUN_DEFAULT);
    EXPECT_EQ(0, uv_loop_close(&loop));
  }
  void turn() { uv_run(&loop, UV_RUN_NOWAIT); }
  void receive(Socket& socket, std::size_t count) {
    while (socket.received.size() < count)
      uv_run(&loop, UV_RUN_ONCE);
  }

  uv_loop_t loop;
};

}  // namespace conformance

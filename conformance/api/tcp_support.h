// A server, its clients and what it accepted.
#pragma once

#include <memory>
#include <vector>

#include "platform.h"
#include "stream_support.h"

namespace conformance {

class Tcp : public StreamTest {
 protected:
  void SetUp() override {
    StreamTest::SetUp();
    uv_tcp_init(&loop_, &server_);
    server_.data = this;
  }

  void listen(uv_connection_cb callback = on_connection) {
    const sockaddr_in address = loopback(0);
    ASSERT_EQ(0, uv_tcp_bind(&server_, generic(address), 0));
    ASSERT_EQ(0, uv_listen(stream(server_), 128, callback));
    int size = sizeof(address_);
    ASSERT_EQ(0, uv_tcp_getsockname(&server_, reinterpret_cast<sockaddr*>(&address_), &size));
  }

  static void on_connection(uv_stream_t* server, int status) {
    Tcp& test = *static_cast<Tcp*>(server->data);
    ++test.announced_;
    ASSERT_EQ(0, status);
    test.accept();
  }

  void accept() {
    accepted_.push_back(std::make_unique<uv_tcp_t>());
    uv_tcp_init(&loop_, accepted_.back().get());
    EXPECT_EQ(0, uv_accept(stream(server_), stream(*accepted_.back())));
  }

  void start_client() {
    clients_.push_back(std::make_unique<uv_tcp_t>());
    connects_.push_back(std::make_unique<Connect>());
    uv_tcp_init(&loop_, clients_.back().get());
    ASSERT_EQ(0, uv_tcp_connect(connects_.back()->prepared(), clients_.back().get(),
                                generic(address_), Connect::on_done));
  }

  void connect() {
    listen();
    start_client();
    run_until([&] { return connects_[0]->status == 0 && accepted_.size() == 1; });
  }
  // Told to whoever reads from the peer, and to whoever writes to it then.
  void expect_reset(Reader& reader) {
    run_until([&] { return reader.end != 0; });
    EXPECT_EQ(UV_ECONNRESET, reader.end);
    Write write;
    int error = write.start(peer(), "x");
    if (error == 0) {
      run_until([&] { return write.calls == 1; });
      error = write.status;
    }
    EXPECT_PRED1(is_write_after_reset, error);
  }

  uv_stream_t* client() { return stream(*clients_[0]); }
  uv_stream_t* peer() { return stream(*accepted_[0]); }

  uv_tcp_t server_;
  sockaddr_in address_ = {};
  int announced_ = 0;
  std::vector<std::unique_ptr<uv_tcp_t>> accepted_;
  std::vector<std::unique_ptr<uv_tcp_t>> clients_;
  std::vector<std::unique_ptr<Connect>> connects_;
};

}  // namespace conformance

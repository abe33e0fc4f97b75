// A server and a client: a few writes, small and gathered, come back; both ends shut down.
#include "life.h"
#include "streams.h"

namespace faults {
namespace {

constexpr std::size_t kMessage = 1000;
constexpr unsigned kGathered = 8;
constexpr std::size_t kBulk = 300 * 1024;
constexpr std::size_t kTotal = kMessage * (1 + kGathered + 1) + kBulk;

class TcpLife : public Life {
 protected:
  int begin() override {
    uv_tcp_init(&loop, own(&server_));
    sockaddr_in address;
    uv_ip4_addr("127.0.0.1", 0, &address);
    if (int error = uv_tcp_bind(&server_, reinterpret_cast<sockaddr*>(&address), 0)) return error;
    auto on_connection = [](uv_stream_t* server, int status) {
      life_of<TcpLife>(server).accept(status);
    };
    if (int error = uv_listen(stream(server_), 8, on_connection)) return error;
    int size = sizeof address;
    if (int error = uv_tcp_getsockname(&server_, reinterpret_cast<sockaddr*>(&address), &size))
      return error;
    return connect(address);
  }

  bool is_complete() const override { return echoed_ == kTotal && ended_; }

 private:
  int connect(const sockaddr_in& address) {
    if (int error = uv_tcp_init(&loop, own(&client_))) return error;
    if (int error = uv_tcp_nodelay(&client_, 1)) return error;
    connect_.data = this;
    return owing(&connect_, "connect", [&] {
      return uv_tcp_connect(
          &connect_, &client_, reinterpret_cast<const sockaddr*>(&address),
          [](uv_connect_t* request, int status) { life_of<TcpLife>(request).connected(status); });
    });
  }

  void accept(int status) {
    if (failed(status)) return;
    if (failed(uv_tcp_init(&loop, own(&peer_)))) return;
    // Kept for the socket that it will have.
    if (failed(uv_tcp_nodelay(&peer_, 1))) return;
    if (failed(uv_accept(stream(server_), stream(peer_)))) return;
    close(server_);
    failed(uv_read_start(stream(peer_), give_memory,
                         [](uv_stream_t* peer, ssize_t size, const uv_buf_t* memory) {
                           life_of<TcpLife>(peer).received(size, memory);
                         }));
  }

  void connected(int status) {
    ledger.pay(&connect_, "connect");
    if (failed(status)) return;
    write(client_, kMessage, 1);
    write(client_, kMessage, kGathered);
    write(client_, kBulk, 1);
    write(client_, kMessage, 1);
    if (gave_up()) return;
    failed(uv_read_start(stream(client_), give_memory,
                         [](uv_stream_t* client, ssize_t size, const uv_buf_t*) {
                           life_of<TcpLife>(client).answered(size);
                         }));
  }

  void write(uv_tcp_t& handle, std::size_t size, unsigned count) {
    if (gave_up()) return;
    Writing* writing = new Writing(size);
    std::vector<uv_buf_t> buffers(count,
                                  uv_buf_init(writing->bytes.data(), static_cast<unsigned>(size)));
    writing->request.data = this;
    const int error = owing(writing, "write", [&] {
      return uv_write(&writing->request, stream(handle), buffers.data(), count, on_written);
    });
    if (error != 0) delete writing;
    failed(error);
  }

  static void on_written(uv_write_t* request, int status) {
    TcpLife& life = life_of<TcpLife>(request);
    life.ledger.pay(request, "write");
    delete reinterpret_cast<Writing*>(request);
    life.failed(status);
  }

  void received(ssize_t size, const uv_buf_t* memory) {
    if (size == UV_EOF) return shut_down(peer_, peer_shutdown_);
    if (failed(static_cast<int>(size)) || size == 0) return;
    for (ssize_t i = 0; i < size; ++i) {
      if (memory->base[i] != 'x') broken("other bytes arrived than were written");
    }
    write(peer_, static_cast<std::size_t>(size), 1);
  }

  void answered(ssize_t size) {
    // A server without memory may drop the connection.
    if (size == UV_EOF && echoed_ < kTotal) failed(UV_EOF);
    if (gave_up()) return;
    if (size == UV_EOF) {
      ended_ = true;
      close(client_);
      close(peer_);
      return;
    }
    if (failed(static_cast<int>(size))) return;
    echoed_ += static_cast<std::size_t>(size);
    if (echoed_ > kTotal) broken("more came back than was sent");
    if (echoed_ == kTotal) shut_down(client_, client_shutdown_);
  }

  void shut_down(uv_tcp_t& handle, uv_shutdown_t& request) {
    request.data = this;
    failed(owing(&request, "shutdown", [&] {
      return uv_shutdown(&request, stream(handle), [](uv_shutdown_t* ended, int status) {
        TcpLife& life = life_of<TcpLife>(ended);
        life.ledger.pay(ended, "shutdown");
        life.failed(status);
      });
    }));
  }

  uv_tcp_t server_;
  uv_tcp_t client_;
  uv_tcp_t peer_;
  uv_connect_t connect_;
  uv_shutdown_t client_shutdown_;
  uv_shutdown_t peer_shutdown_;
  std::size_t echoed_ = 0;
  bool ended_ = false;
};

const Registered<TcpLife> registered("tcp");
const Registered<TcpLife> registered_first("first-tcp", Process::kNew);

}  // namespace
}  // namespace faults

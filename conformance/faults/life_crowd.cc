// Many clients at once that write more than there is room for, and go without a word while some of
// it is under way: what was accepted is called back.
#include "life.h"
#include "streams.h"

namespace faults {
namespace {

constexpr int kClients = 6;
constexpr std::size_t kBulk = 1024 * 1024;

class CrowdLife : public Life {
 protected:
  int begin() override {
    if (int error = uv_tcp_init(&loop, own(&server_))) return error;
    sockaddr_in address;
    uv_ip4_addr("127.0.0.1", 0, &address);
    if (int error = uv_tcp_bind(&server_, reinterpret_cast<sockaddr*>(&address), 0)) return error;
    auto on_connection = [](uv_stream_t* server, int status) {
      life_of<CrowdLife>(server).accept(status);
    };
    if (int error = uv_listen(stream(server_), 2 * kClients, on_connection)) return error;
    int size = sizeof address;
    if (int error = uv_tcp_getsockname(&server_, reinterpret_cast<sockaddr*>(&address), &size))
      return error;
    for (int i = 0; i < kClients; ++i) {
      if (int error = connect(i, address)) return error;
    }
    return 0;
  }

  bool is_complete() const override { return accepted_ == kClients && ended_ == kClients; }

 private:
  int connect(int i, const sockaddr_in& address) {
    if (int error = uv_tcp_init(&loop, own(&clients_[i]))) return error;
    connects_[i].data = this;
    return owing(&connects_[i], "connect", [&] {
      return uv_tcp_connect(&connects_[i], &clients_[i],
                            reinterpret_cast<const sockaddr*>(&address),
                            [](uv_connect_t* request, int status) {
                              CrowdLife& life = life_of<CrowdLife>(request);
                              life.ledger.pay(request, "connect");
                              if (!life.failed(status)) life.write_much(request->handle);
                            });
    });
  }

  // More than the kernel takes at once, and something behind it.
  void write_much(uv_stream_t* client) {
    for (std::size_t size : {std::size_t{10}, kBulk, std::size_t{10}}) {
      if (gave_up()) return;
      Writing* writing = new Writing(size);
      writing->request.data = this;
      uv_buf_t buffer = uv_buf_init(writing->bytes.data(), static_cast<unsigned>(size));
      const int error = owing(writing, "write", [&] {
        return uv_write(&writing->request, client, &buffer, 1, on_written);
      });
      if (error != 0) delete writing;
      failed(error);
    }
  }

  static void on_written(uv_write_t* request, int status) {
    CrowdLife& life = life_of<CrowdLife>(request);
    life.ledger.pay(request, "write");
    // The server hangs up on purpose. If it has not, and waits, it sees that its client is gone.
    const bool hung_up = status == UV_EPIPE || status == UV_ECONNRESET;
    if (hung_up) life.close(reinterpret_cast<uv_handle_t*>(request->handle));
    delete reinterpret_cast<Writing*>(request);
    if (status != UV_ECANCELED && !hung_up) life.failed(status);
  }

  void accept(int status) {
    if (failed(status)) return;
    uv_tcp_t& peer = peers_[accepted_ % kClients];
    if (failed(uv_tcp_init(&loop, own(&peer)))) return;
    if (failed(uv_accept(stream(server_), stream(peer)))) return;
    ++accepted_;
    failed(uv_read_start(stream(peer), give_memory,
                         [](uv_stream_t* read, ssize_t size, const uv_buf_t*) {
                           life_of<CrowdLife>(read).received(read, size);
                         }));
  }

  // The first half of them stops reading for a while and is closed by the timer.
  void received(uv_stream_t* peer, ssize_t size) {
    if (failed(static_cast<int>(size)) || size == 0) return;
    const long i = reinterpret_cast<uv_tcp_t*>(peer) - peers_;
    if (i % 2 == 0) {
      failed(uv_read_stop(peer));
      failed(uv_timer_init(&loop, own(&timers_[i])));
      if (gave_up()) return;
      auto on_timer = [](uv_timer_t* timer) { life_of<CrowdLife>(timer).hang_up(timer); };
      failed(uv_timer_start(&timers_[i], on_timer, 2, 0));
    } else {
      end(i);
    }
  }

  void hang_up(uv_timer_t* timer) {
    close(*timer);
    end(timer - timers_);
  }

  void end(long i) {
    close(peers_[i]);
    if (++ended_ == kClients) give_up();
  }

  uv_tcp_t server_;
  uv_tcp_t clients_[kClients];
  uv_tcp_t peers_[kClients];
  uv_connect_t connects_[kClients];
  uv_timer_t timers_[kClients];
  int accepted_ = 0;
  int ended_ = 0;
};

const Registered<CrowdLife> registered("crowd");

}  // namespace
}  // namespace faults

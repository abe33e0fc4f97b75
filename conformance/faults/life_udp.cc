// Datagrams between two sockets of one loop, one at a time, small and gathered.
#include <string>

#include "life.h"
#include "streams.h"

namespace faults {
namespace {

constexpr int kDatagrams = 12;
constexpr unsigned kGathered = 6;

struct Sending {
  uv_udp_send_t request = {};
  std::string bytes = std::string(100, 'x');
};

class UdpLife : public Life {
 protected:
  int begin() override {
    if (int error = uv_udp_init(&loop, own(&receiver_))) return error;
    if (int error = uv_udp_init(&loop, own(&sender_))) return error;
    uv_ip4_addr("127.0.0.1", 0, &address_);
    if (int error = uv_udp_bind(&receiver_, reinterpret_cast<sockaddr*>(&address_), 0))
      return error;
    int size = sizeof address_;
    if (int error = uv_udp_getsockname(&receiver_, reinterpret_cast<sockaddr*>(&address_), &size))
      return error;
    auto on_received = [](uv_udp_t* handle, ssize_t received, const uv_buf_t*, const sockaddr* from,
                          unsigned) { life_of<UdpLife>(handle).received(received, from); };
    if (int error = uv_udp_recv_start(&receiver_, give_memory, on_received)) return error;
    // Three at once, then one for each that arrives.
    for (unsigned i = 0; i < 3; ++i) {
      if (int error = send()) return error;
    }
    return 0;
  }

  bool is_complete() const override { return received_ == kDatagrams; }

 private:
  int send() {
    Sending* sending = new Sending();
    sending->request.data = this;
    const unsigned count = sent_ % 2 == 0 ? 1 : kGathered;
    std::vector<uv_buf_t> buffers(count, uv_buf_init(sending->bytes.data(), 100));
    const int error = owing(sending, "send", [&] {
      return uv_udp_send(&sending->request, &sender_, buffers.data(), count,
                         reinterpret_cast<sockaddr*>(&address_), on_sent);
    });
    if (error != 0) {
      delete sending;
    } else {
      ++sent_;
    }
    return error;
  }

  static void on_sent(uv_udp_send_t* request, int status) {
    UdpLife& life = life_of<UdpLife>(request);
    life.ledger.pay(request, "send");
    delete reinterpret_cast<Sending*>(request);
    life.failed(status);
  }

  void received(ssize_t size, const sockaddr* from) {
    if (failed(static_cast<int>(size))) return;
    if (size == 0 && from == nullptr) return;
    if (++received_ == kDatagrams) return give_up();
    if (sent_ < kDatagrams) failed(send());
  }

  uv_udp_t receiver_;
  uv_udp_t sender_;
  sockaddr_in address_;
  int sent_ = 0;
  int received_ = 0;
};

const Registered<UdpLife> registered("udp");
const Registered<UdpLife> registered_first("first-udp", Process::kNew);

}  // namespace
}  // namespace faults

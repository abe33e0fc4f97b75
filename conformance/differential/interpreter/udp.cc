// Datagrams on loopback. Each one's first bytes are its number, so that its receiver can check it.
#include <cstring>
#include <vector>

#include "machine.h"

namespace differential {
namespace {

constexpr std::size_t kMaxDatagram = 70000;

struct Udp : Handle {
  using Handle::Handle;
  bool awaits() const override {
    return Handle::awaits() || (is_open() && receiving && received < delivered.size());
  }
  void closing() override { receiving = false; }

  int life = 0;  // Grows each time the handle is initialized anew.
  bool receiving = false;
  std::vector<std::size_t> delivered;  // Sizes of the datagrams that were sent here, in order.
  std::size_t received = 0;
};

struct Sending : Request {
  using Request::Request;
  Udp* to = nullptr;
  int life = 0;
  std::size_t size = 0;
};

char receive_buffer[kMaxDatagram];
char datagram[kMaxDatagram];

void udp(Machine& machine, const Op& op) {
  Udp* udp = machine.obtain_unused<Udp>(op.word(0));
  if (udp == nullptr) return trace_skip(op);
  ++udp->life;
  udp->receiving = false;
  udp->delivered.clear();
  udp->received = 0;
  int result = uv_udp_init(&machine.loop, &udp->memory.udp);
  initialized(*udp, op, result);
  if (result != 0) return;
  sockaddr_in address;
  uv_ip4_addr("127.0.0.1", 0, &address);
  trace_result(op, uv_udp_bind(&udp->memory.udp, reinterpret_cast<sockaddr*>(&address), 0));
}

sockaddr_in address_of(const Udp& udp) {
  sockaddr_in address;
  int length = sizeof(address);
  uv_udp_getsockname(&udp.memory.udp, reinterpret_cast<sockaddr*>(&address), &length);
  return address;
}

void sent(uv_udp_send_t* request, int status) {
  Sending& sending = object_of<Sending>(request);
  if (status == 0 && sending.life == sending.to->life)
    sending.to->delivered.push_back(sending.size);
  request_callback(sending, "send", status);
}

// udp_send REQUEST FROM TO SIZE
void udp_send(Machine& machine, const Op& op) {
  Udp* from = machine.find_open<Udp>(op.word(1));
  Udp* to = machine.find_open<Udp>(op.word(2));
  std::size_t size = static_cast<std::size_t>(op.number(3));
  if (from == nullptr || to == nullptr || size > kMaxDatagram) return trace_skip(op);
  auto* request = machine.new_request<Sending>(op.word(0));
  if (request == nullptr) return trace_skip(op);
  request->to = to;
  request->life = to->life;
  request->size = size;
  request->memory.udp_send.data = static_cast<Object*>(request);
  sockaddr_in address = address_of(*to);
  uv_buf_t buffer = uv_buf_init(datagram, static_cast<unsigned>(size));
  int result = machine.call("uv_udp_send", [&] {
    return uv_udp_send(&request->memory.udp_send, &from->memory.udp, &buffer, 1,
                       reinterpret_cast<sockaddr*>(&address), sent);
  });
  request->pending = result == 0;
  trace_result(op, result);
  if (result == 0 && uv_udp_get_send_queue_count(&from->memory.udp) == 0)
    Event("at_once").add("o", request->name);
}

void udp_try_send(Machine& machine, const Op& op) {
  Udp* from = machine.find_open<Udp>(op.word(0));
  Udp* to = machine.find_open<Udp>(op.word(1));
  std::size_t size = static_cast<std::size_t>(op.number(2));
  if (from == nullptr || to == nullptr || size > kMaxDatagram) return trace_skip(op);
  sockaddr_in address = address_of(*to);
  uv_buf_t buffer = uv_buf_init(datagram, static_cast<unsigned>(size));
  int result = machine.call("uv_udp_try_send", [&] {
    return uv_udp_try_send(&from->memory.udp, &buffer, 1, reinterpret_cast<sockaddr*>(&address));
  });
  if (result >= 0) to->delivered.push_back(size);
  Event("try").add("i", op.line).add("o", from->name).add("asked", op.number(2)).add("r", result);
}

void allocate(uv_handle_t* uv_handle, std::size_t, uv_buf_t* buffer) {
  Udp& udp = object_of<Udp>(uv_handle);
  check_not_inside(udp, "alloc");
  if (!udp.receiving || !udp.is_open()) Event("unasked").add("o", udp.name).add("k", "alloc");
  *buffer = uv_buf_init(receive_buffer, sizeof(receive_buffer));
}

void received(uv_udp_t* uv_udp, ssize_t count, const uv_buf_t*, const sockaddr* from, unsigned) {
  Udp& udp = object_of<Udp>(uv_udp);
  if (count == 0 && from == nullptr) return;  // Nothing more for now.
  if (!udp.receiving || !udp.is_open()) Event("unasked").add("o", udp.name).add("k", "recv");
  ++udp.received;
  callback(udp, "recv", count);
}

void recv_start(Machine& machine, const Op& op) {
  Udp* udp = machine.find_open<Udp>(op.word(0));
  if (udp == nullptr) return trace_skip(op);
  udp->receiving = true;
  trace_result(op, machine.call("uv_udp_recv_start", [&] {
    return uv_udp_recv_start(&udp->memory.udp, allocate, received);
  }));
}

void recv_stop(Machine& machine, const Op& op) {
  Udp* udp = machine.find_open<Udp>(op.word(0));
  if (udp == nullptr) return trace_skip(op);
  udp->receiving = false;
  trace_result(op, uv_udp_recv_stop(&udp->memory.udp));
}

}  // namespace

void add_udp_operations(Operations& operations) {
  operations["udp"] = udp;
  operations["udp_send"] = udp_send;
  operations["udp_try_send"] = udp_try_send;
  operations["recv_start"] = recv_start;
  operations["recv_stop"] = recv_stop;
}

}  // namespace differential

// Datagrams: onmessage(count or error, bytes, sender).
#include "v8/address.h"
#include "v8/handle_object.h"

namespace violet::js {
namespace {

class UdpObject final : public HandleObject {
 public:
  UdpObject(Runtime& runtime, v8::Local<v8::Object> object)
      : HandleObject(runtime, object, reinterpret_cast<uv_handle_t*>(&udp_)) {
    uv_udp_init(runtime.loop(), &udp_);
    udp_.data = this;
  }
  uv_udp_t* socket() { return &udp_; }

 private:
  uv_udp_t udp_;
};

void allocate(uv_handle_t*, std::size_t, uv_buf_t* buffer) {
  constexpr std::size_t kSize = std::size_t{64} * 1024;
  thread_local std::vector<char> memory(kSize);
  *buffer = uv_buf_init(memory.data(), kSize);
}

void on_message(uv_udp_t* udp, ssize_t count, const uv_buf_t* buffer, const sockaddr* sender,
                unsigned int) {
  if (count == 0 && sender == nullptr) return;
  UdpObject& self = *static_cast<UdpObject*>(udp->data);
  v8::Isolate* isolate = self.isolate();
  CallbackScope scope(self.runtime(), self.frame());
  v8::Local<v8::Value> arguments[] = {number(isolate, static_cast<double>(count)),
                                      v8::Undefined(isolate), v8::Undefined(isolate)};
  if (count >= 0) {
    const std::size_t size = static_cast<std::size_t>(count);
    arguments[1] = copy_bytes(isolate, buffer->base, size);
    arguments[2] = describe_address(isolate, sender);
  }
  scope.call_method(self.object(), "onmessage", 3, arguments);
}

// bind(address, port, flags)
void bind(UdpObject& self, const Arguments& arguments) {
  sockaddr_storage address = {};
  int error = parse_address(arguments, 0, address);
  if (error == 0) {
    error = uv_udp_bind(self.socket(), reinterpret_cast<sockaddr*>(&address),
                        static_cast<unsigned int>(to_int(self.isolate(), arguments[2])));
  }
  arguments.GetReturnValue().Set(error);
}

// send(request, view, address, port): request.oncomplete(status).
void send(UdpObject& self, const Arguments& arguments) {
  sockaddr_storage address = {};
  int error = parse_address(arguments, 2, address);
  if (error != 0) return arguments.GetReturnValue().Set(error);
  const Bytes bytes = bytes_of(arguments[1]);
  const uv_buf_t buffer = uv_buf_init(bytes.data, static_cast<unsigned int>(bytes.size));
  auto* request = new RequestObject<uv_udp_send_t>(self.runtime(), arguments[0].As<v8::Object>());
  request->kept.Reset(self.isolate(), arguments[1]);
  error = uv_udp_send(&request->request, self.socket(), &buffer, 1,
                      reinterpret_cast<sockaddr*>(&address), complete_with_status<uv_udp_send_t>);
  if (error != 0) delete request;
  arguments.GetReturnValue().Set(error);
}

void receive_start(UdpObject& self, const Arguments& arguments) {
  arguments.GetReturnValue().Set(uv_udp_recv_start(self.socket(), allocate, on_message));
}

void receive_stop(UdpObject& self, const Arguments& arguments) {
  arguments.GetReturnValue().Set(uv_udp_recv_stop(self.socket()));
}

void set_broadcast(UdpObject& self, const Arguments& arguments) {
  arguments.GetReturnValue().Set(
      uv_udp_set_broadcast(self.socket(), arguments[0]->IsTrue() ? 1 : 0));
}

}  // namespace

void make_udp_binding(Runtime& runtime, v8::Local<v8::Object> target) {
  v8::Isolate* isolate = runtime.isolate();
  v8::Local<v8::FunctionTemplate> made =
      make_handle_class(isolate, "UDP", construct_handle<UdpObject>);
  add_method<bind>(isolate, made, "bind");
  add_method<send>(isolate, made, "send");
  add_method<receive_start>(isolate, made, "receiveStart");
  add_method<receive_stop>(isolate, made, "receiveStop");
  add_method<name_of_end<UdpObject, uv_udp_t, uv_udp_getsockname>>(isolate, made, "getsockname");
  add_method<set_broadcast>(isolate, made, "setBroadcast");
  offer_class(runtime, target, "UDP", made);
  set_constant(isolate, target, "REUSEADDR", UV_UDP_REUSEADDR);
  set_constant(isolate, target, "IPV6ONLY", UV_UDP_IPV6ONLY);
}

}  // namespace violet::js

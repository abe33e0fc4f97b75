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

// send(request, view, address or undefined, port): request.oncomplete(status).
void send(UdpObject& self, const Arguments& arguments) {
  sockaddr_storage address = {};
  const bool has_target = arguments[2]->IsString();
  int error = has_target ? parse_address(arguments, 2, address) : 0;
  if (error != 0) return arguments.GetReturnValue().Set(error);
  const Bytes bytes = bytes_of(arguments[1]);
  const uv_buf_t buffer = uv_buf_init(bytes.data, static_cast<unsigned int>(bytes.size));
  auto* request = new RequestObject<uv_udp_send_t>(self.runtime(), arguments[0].As<v8::Object>());
  request->kept.Reset(self.isolate(), arguments[1]);
  error = uv_udp_send(&request->request, self.socket(), &buffer, 1,
                      has_target ? reinterpret_cast<sockaddr*>(&address) : nullptr,
                      complete_with_status<uv_udp_send_t>);
  if (error != 0) delete request;
  arguments.GetReturnValue().Set(error);
}

void receive_start(UdpObject& self, const Arguments& arguments) {
  arguments.GetReturnValue().Set(uv_udp_recv_start(self.socket(), allocate, on_message));
}

void receive_stop(UdpObject& self, const Arguments& arguments) {
  arguments.GetReturnValue().Set(uv_udp_recv_stop(self.socket()));
}

// connect(address, port); without them, disconnect.
void connect(UdpObject& self, const Arguments& arguments) {
  sockaddr_storage address = {};
  const bool is_wanted = arguments[0]->IsString();
  int error = is_wanted ? parse_address(arguments, 0, address) : 0;
  if (error == 0) {
    error =
        uv_udp_connect(self.socket(), is_wanted ? reinterpret_cast<sockaddr*>(&address) : nullptr);
  }
  arguments.GetReturnValue().Set(error);
}

template <int (*Set)(uv_udp_t*, int)>
void set_option(UdpObject& self, const Arguments& arguments) {
  arguments.GetReturnValue().Set(Set(self.socket(), to_int(self.isolate(), arguments[0])));
}

void set_multicast_interface(UdpObject& self, const Arguments& arguments) {
  const std::string address = to_string(self.isolate(), arguments[0]);
  arguments.GetReturnValue().Set(uv_udp_set_multicast_interface(self.socket(), address.c_str()));
}

// setMembership(group, interface or undefined, join)
void set_membership(UdpObject& self, const Arguments& arguments) {
  v8::Isolate* isolate = self.isolate();
  const std::string group = to_string(isolate, arguments[0]);
  const std::string own = arguments[1]->IsString() ? to_string(isolate, arguments[1]) : "";
  arguments.GetReturnValue().Set(
      uv_udp_set_membership(self.socket(), group.c_str(), own.empty() ? nullptr : own.c_str(),
                            arguments[2]->IsTrue() ? UV_JOIN_GROUP : UV_LEAVE_GROUP));
}

// bufferSize(value or 0): the size, or an error.
template <int (*Set)(uv_handle_t*, int*)>
void buffer_size(UdpObject& self, const Arguments& arguments) {
  int size = to_int(self.isolate(), arguments[0]);
  const int error = Set(self.handle(), &size);
  arguments.GetReturnValue().Set(error < 0 ? error : size);
}

template <std::size_t (*Ask)(const uv_udp_t*)>
void queue_fact(UdpObject& self, const Arguments& arguments) {
  arguments.GetReturnValue().Set(static_cast<double>(Ask(self.socket())));
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
  add_method<connect>(isolate, made, "connect");
  add_method<name_of_end<UdpObject, uv_udp_t, uv_udp_getsockname>>(isolate, made, "getsockname");
  add_method<name_of_end<UdpObject, uv_udp_t, uv_udp_getpeername>>(isolate, made, "getpeername");
  add_method<set_option<uv_udp_set_broadcast>>(isolate, made, "setBroadcast");
  add_method<set_option<uv_udp_set_ttl>>(isolate, made, "setTTL");
  add_method<set_option<uv_udp_set_multicast_ttl>>(isolate, made, "setMulticastTTL");
  add_method<set_option<uv_udp_set_multicast_loop>>(isolate, made, "setMulticastLoopback");
  add_method<set_multicast_interface>(isolate, made, "setMulticastInterface");
  add_method<set_membership>(isolate, made, "setMembership");
  add_method<buffer_size<uv_recv_buffer_size>>(isolate, made, "receiveBufferSize");
  add_method<buffer_size<uv_send_buffer_size>>(isolate, made, "sendBufferSize");
  add_method<queue_fact<uv_udp_get_send_queue_size>>(isolate, made, "sendQueueSize");
  add_method<queue_fact<uv_udp_get_send_queue_count>>(isolate, made, "sendQueueCount");
  offer_class(runtime, target, "UDP", made);
  set_constant(isolate, target, "REUSEADDR", UV_UDP_REUSEADDR);
  set_constant(isolate, target, "IPV6ONLY", UV_UDP_IPV6ONLY);
}

}  // namespace violet::js

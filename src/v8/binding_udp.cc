// Datagrams: onmessage(count or error, bytes, sender).
#include "v8/address.h"
#include "v8/handle_object.h"

namespace violet::js {
namespace {

struct UdpObject final : HandleOf<uv_udp_t> {
  UdpObject(Runtime& runtime, v8::Local<v8::Object> object) : HandleOf(runtime, object) {
    uv_udp_init(runtime.loop(), &raw);
  }
};

void on_message(uv_udp_t* udp, ssize_t count, const uv_buf_t* buffer, const sockaddr* sender,
                unsigned int) {
  if (count == 0 && sender == nullptr) return;
  auto& self = object_of<UdpObject>(udp);
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

// send(request, view, address or undefined, port): request.oncomplete(status).
void send(UdpObject& self, const Arguments& arguments) {
  sockaddr_storage address = {};
  const bool has_target = arguments[2]->IsString();
  const int error = has_target ? parse_address(arguments, 2, address) : 0;
  if (error != 0) return answer(arguments, error);
  const Bytes bytes = bytes_of(arguments[1]);
  const uv_buf_t buffer = uv_buf_init(bytes.data, static_cast<unsigned int>(bytes.size));
  const auto start = [&](uv_udp_send_t* request) {
    return uv_udp_send(request, &self.raw, &buffer, 1,
                       has_target ? reinterpret_cast<sockaddr*>(&address) : nullptr,
                       complete_with_status<uv_udp_send_t>);
  };
  answer(arguments,
         start_request<uv_udp_send_t>(self.runtime(), arguments[0], start, arguments[1]));
}

void receive_start(UdpObject& self, const Arguments& arguments) {
  answer(arguments, uv_udp_recv_start(&self.raw, lend_memory, on_message));
}

// connect(address, port); without them, disconnect.
void connect(UdpObject& self, const Arguments& arguments) {
  sockaddr_storage address = {};
  const bool is_wanted = arguments[0]->IsString();
  int error = is_wanted ? parse_address(arguments, 0, address) : 0;
  if (error == 0) {
    error = uv_udp_connect(&self.raw, is_wanted ? reinterpret_cast<sockaddr*>(&address) : nullptr);
  }
  answer(arguments, error);
}

// setMembership(group, interface or undefined, join)
void set_membership(UdpObject& self, const Arguments& arguments) {
  const std::string group = text_at(arguments, 0);
  const std::string own = arguments[1]->IsString() ? text_at(arguments, 1) : "";
  answer(arguments,
         uv_udp_set_membership(&self.raw, group.c_str(), own.empty() ? nullptr : own.c_str(),
                               arguments[2]->IsTrue() ? UV_JOIN_GROUP : UV_LEAVE_GROUP));
}

// bufferSize(value or 0): the size, or an error.
template <int (*Set)(uv_handle_t*, int*)>
void buffer_size(UdpObject& self, const Arguments& arguments) {
  int size = int_at(arguments, 0);
  const int error = Set(self.handle(), &size);
  answer(arguments, error < 0 ? error : size);
}

}  // namespace

void make_udp_binding(Runtime& runtime, v8::Local<v8::Object> target) {
  v8::Isolate* isolate = runtime.isolate();
  v8::Local<v8::FunctionTemplate> made =
      make_handle_class(isolate, "UDP", construct_handle<UdpObject>);
  add_method<bind_to<uv_udp_bind, UdpObject>>(isolate, made, "bind");
  add_method<send>(isolate, made, "send");
  add_method<receive_start>(isolate, made, "receiveStart");
  add_call<uv_udp_recv_stop>(isolate, made, "receiveStop");
  add_method<connect>(isolate, made, "connect");
  add_method<name_of_end<uv_udp_getsockname, UdpObject>>(isolate, made, "getsockname");
  add_method<name_of_end<uv_udp_getpeername, UdpObject>>(isolate, made, "getpeername");
  add_call<uv_udp_set_broadcast>(isolate, made, "setBroadcast");
  add_call<uv_udp_set_ttl>(isolate, made, "setTTL");
  add_call<uv_udp_set_multicast_ttl>(isolate, made, "setMulticastTTL");
  add_call<uv_udp_set_multicast_loop>(isolate, made, "setMulticastLoopback");
  add_call<uv_udp_set_multicast_interface>(isolate, made, "setMulticastInterface");
  add_method<set_membership>(isolate, made, "setMembership");
  add_method<buffer_size<uv_recv_buffer_size>>(isolate, made, "receiveBufferSize");
  add_method<buffer_size<uv_send_buffer_size>>(isolate, made, "sendBufferSize");
  add_call<uv_udp_get_send_queue_size>(isolate, made, "sendQueueSize");
  add_call<uv_udp_get_send_queue_count>(isolate, made, "sendQueueCount");
  offer_class(runtime, target, "UDP", made);
  set_constant(isolate, target, "REUSEADDR", UV_UDP_REUSEADDR);
  set_constant(isolate, target, "IPV6ONLY", UV_UDP_IPV6ONLY);
}

}  // namespace violet::js

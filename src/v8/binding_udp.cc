// Datagrams: onmessage(count or error, bytes, sender).
#include <cstring>

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
  static UdpObject* of(const Arguments& arguments) {
    return static_cast<UdpObject*>(HandleObject::of(arguments));
  }
  uv_udp_t* udp() { return &udp_; }

 private:
  uv_udp_t udp_;
};

void construct(const Arguments& arguments) {
  new UdpObject(Runtime::of(arguments.GetIsolate()), arguments.This());
}

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
    v8::Local<v8::ArrayBuffer> bytes = v8::ArrayBuffer::New(isolate, size);
    if (size > 0) std::memcpy(bytes->Data(), buffer->base, size);
    arguments[1] = v8::Uint8Array::New(bytes, 0, size);
    arguments[2] = describe_address(isolate, sender);
  }
  scope.call_method(self.object(), "onmessage", 3, arguments);
}

void on_sent(uv_udp_send_t* finished, int status) {
  auto& request = RequestObject<uv_udp_send_t>::of(finished);
  CallbackScope scope(request.runtime, request.frame);
  v8::Local<v8::Value> arguments[] = {v8::Integer::New(request.runtime.isolate(), status)};
  request.complete(scope, 1, arguments);
}

// bind(address, port, flags)
void bind(const Arguments& arguments) {
  UdpObject* self = UdpObject::of(arguments);
  if (self == nullptr) return;
  v8::Isolate* isolate = self->isolate();
  sockaddr_storage address = {};
  int error =
      parse_address(to_string(isolate, arguments[0]), to_int(isolate, arguments[1]), address);
  if (error == 0) {
    error = uv_udp_bind(self->udp(), reinterpret_cast<sockaddr*>(&address),
                        static_cast<unsigned int>(to_int(isolate, arguments[2])));
  }
  arguments.GetReturnValue().Set(error);
}

// send(request, view, address or undefined, port): request.oncomplete(status).
void send(const Arguments& arguments) {
  UdpObject* self = UdpObject::of(arguments);
  if (self == nullptr) return;
  v8::Isolate* isolate = self->isolate();
  sockaddr_storage address = {};
  const bool has_target = arguments[2]->IsString();
  int error = !has_target ? 0
                          : parse_address(to_string(isolate, arguments[2]),
                                          to_int(isolate, arguments[3]), address);
  if (error != 0) return arguments.GetReturnValue().Set(error);
  const Bytes bytes = bytes_of(arguments[1]);
  const uv_buf_t buffer = uv_buf_init(bytes.data, static_cast<unsigned int>(bytes.size));
  auto* request = new RequestObject<uv_udp_send_t>(self->runtime(), arguments[0].As<v8::Object>());
  request->kept.Reset(isolate, arguments[1]);
  error = uv_udp_send(&request->request, self->udp(), &buffer, 1,
                      has_target ? reinterpret_cast<sockaddr*>(&address) : nullptr, on_sent);
  if (error != 0) delete request;
  arguments.GetReturnValue().Set(error);
}

void receive_start(const Arguments& arguments) {
  if (UdpObject* self = UdpObject::of(arguments))
    arguments.GetReturnValue().Set(uv_udp_recv_start(self->udp(), allocate, on_message));
}

void receive_stop(const Arguments& arguments) {
  if (UdpObject* self = UdpObject::of(arguments))
    arguments.GetReturnValue().Set(uv_udp_recv_stop(self->udp()));
}

// connect(address, port); without them, disconnect.
void connect(const Arguments& arguments) {
  UdpObject* self = UdpObject::of(arguments);
  if (self == nullptr) return;
  v8::Isolate* isolate = self->isolate();
  sockaddr_storage address = {};
  const bool is_wanted = arguments[0]->IsString();
  int error = !is_wanted ? 0
                         : parse_address(to_string(isolate, arguments[0]),
                                         to_int(isolate, arguments[1]), address);
  if (error == 0) {
    error =
        uv_udp_connect(self->udp(), is_wanted ? reinterpret_cast<sockaddr*>(&address) : nullptr);
  }
  arguments.GetReturnValue().Set(error);
}

template <int (*Ask)(const uv_udp_t*, sockaddr*, int*)>
void name_of(const Arguments& arguments) {
  UdpObject* self = UdpObject::of(arguments);
  if (self == nullptr) return;
  sockaddr_storage address = {};
  int size = sizeof(address);
  const int error = Ask(self->udp(), reinterpret_cast<sockaddr*>(&address), &size);
  if (error != 0) return arguments.GetReturnValue().Set(error);
  arguments.GetReturnValue().Set(
      describe_address(self->isolate(), reinterpret_cast<sockaddr*>(&address)));
}

template <int (*Set)(uv_udp_t*, int)>
void set_option(const Arguments& arguments) {
  if (UdpObject* self = UdpObject::of(arguments))
    arguments.GetReturnValue().Set(Set(self->udp(), to_int(self->isolate(), arguments[0])));
}

void set_multicast_interface(const Arguments& arguments) {
  if (UdpObject* self = UdpObject::of(arguments)) {
    const std::string address = to_string(self->isolate(), arguments[0]);
    arguments.GetReturnValue().Set(uv_udp_set_multicast_interface(self->udp(), address.c_str()));
  }
}

// setMembership(group, interface or undefined, join)
void set_membership(const Arguments& arguments) {
  UdpObject* self = UdpObject::of(arguments);
  if (self == nullptr) return;
  v8::Isolate* isolate = self->isolate();
  const std::string group = to_string(isolate, arguments[0]);
  const std::string own = arguments[1]->IsString() ? to_string(isolate, arguments[1]) : "";
  arguments.GetReturnValue().Set(
      uv_udp_set_membership(self->udp(), group.c_str(), own.empty() ? nullptr : own.c_str(),
                            arguments[2]->IsTrue() ? UV_JOIN_GROUP : UV_LEAVE_GROUP));
}

// bufferSize(value or 0): the size, or an error.
template <int (*Set)(uv_handle_t*, int*)>
void buffer_size(const Arguments& arguments) {
  UdpObject* self = UdpObject::of(arguments);
  if (self == nullptr) return;
  int size = to_int(self->isolate(), arguments[0]);
  const int error = Set(reinterpret_cast<uv_handle_t*>(self->udp()), &size);
  arguments.GetReturnValue().Set(error < 0 ? error : size);
}

template <std::size_t (*Ask)(const uv_udp_t*)>
void queue_fact(const Arguments& arguments) {
  if (UdpObject* self = UdpObject::of(arguments))
    arguments.GetReturnValue().Set(static_cast<double>(Ask(self->udp())));
}

}  // namespace

void make_udp_binding(Runtime& runtime, v8::Local<v8::Object> target) {
  v8::Isolate* isolate = runtime.isolate();
  v8::Local<v8::FunctionTemplate> made = make_handle_class(isolate, "UDP", construct);
  add_method(isolate, made, "bind", bind);
  add_method(isolate, made, "send", send);
  add_method(isolate, made, "receiveStart", receive_start);
  add_method(isolate, made, "receiveStop", receive_stop);
  add_method(isolate, made, "connect", connect);
  add_method(isolate, made, "getsockname", name_of<uv_udp_getsockname>);
  add_method(isolate, made, "getpeername", name_of<uv_udp_getpeername>);
  add_method(isolate, made, "setBroadcast", set_option<uv_udp_set_broadcast>);
  add_method(isolate, made, "setTTL", set_option<uv_udp_set_ttl>);
  add_method(isolate, made, "setMulticastTTL", set_option<uv_udp_set_multicast_ttl>);
  add_method(isolate, made, "setMulticastLoopback", set_option<uv_udp_set_multicast_loop>);
  add_method(isolate, made, "setMulticastInterface", set_multicast_interface);
  add_method(isolate, made, "setMembership", set_membership);
  add_method(isolate, made, "receiveBufferSize", buffer_size<uv_recv_buffer_size>);
  add_method(isolate, made, "sendBufferSize", buffer_size<uv_send_buffer_size>);
  add_method(isolate, made, "sendQueueSize", queue_fact<uv_udp_get_send_queue_size>);
  add_method(isolate, made, "sendQueueCount", queue_fact<uv_udp_get_send_queue_count>);
  offer_class(runtime, target, "UDP", made);
  set_constant(isolate, target, "REUSEADDR", UV_UDP_REUSEADDR);
  set_constant(isolate, target, "IPV6ONLY", UV_UDP_IPV6ONLY);
}

}  // namespace violet::js

// TCP sockets.
#include "v8/address.h"
#include "v8/stream_object.h"

namespace violet::js {
namespace {

class TcpObject final : public StreamObject {
 public:
  TcpObject(Runtime& runtime, v8::Local<v8::Object> object)
      : StreamObject(runtime, object, reinterpret_cast<uv_handle_t*>(&tcp_)) {
    uv_tcp_init(runtime.loop(), &tcp_);
    tcp_.data = this;
  }
  static TcpObject* of(const Arguments& arguments) {
    return static_cast<TcpObject*>(HandleObject::of(arguments));
  }
  uv_tcp_t* tcp() { return &tcp_; }
  // As close(), but the other end hears of it by a reset.
  static void reset(const Arguments& arguments) {
    if (TcpObject* self = of(arguments))
      arguments.GetReturnValue().Set(uv_tcp_close_reset(&self->tcp_, on_closed));
  }

 private:
  uv_tcp_t tcp_;
};

void construct(const Arguments& arguments) {
  new TcpObject(Runtime::of(arguments.GetIsolate()), arguments.This());
}

// bind(address, port, flags)
void bind(const Arguments& arguments) {
  TcpObject* self = TcpObject::of(arguments);
  if (self == nullptr) return;
  v8::Isolate* isolate = self->isolate();
  sockaddr_storage address = {};
  int error =
      parse_address(to_string(isolate, arguments[0]), to_int(isolate, arguments[1]), address);
  if (error == 0) {
    error = uv_tcp_bind(self->tcp(), reinterpret_cast<sockaddr*>(&address),
                        static_cast<unsigned int>(to_int(isolate, arguments[2])));
  }
  arguments.GetReturnValue().Set(error);
}

// connect(request, address, port)
void connect(const Arguments& arguments) {
  TcpObject* self = TcpObject::of(arguments);
  if (self == nullptr) return;
  v8::Isolate* isolate = self->isolate();
  sockaddr_storage address = {};
  int error =
      parse_address(to_string(isolate, arguments[1]), to_int(isolate, arguments[2]), address);
  if (error != 0) return arguments.GetReturnValue().Set(error);
  auto* request = new RequestObject<uv_connect_t>(self->runtime(), arguments[0].As<v8::Object>());
  error = uv_tcp_connect(&request->request, self->tcp(), reinterpret_cast<sockaddr*>(&address),
                         on_connected);
  if (error != 0) delete request;
  arguments.GetReturnValue().Set(error);
}

void open(const Arguments& arguments) {
  if (TcpObject* self = TcpObject::of(arguments))
    arguments.GetReturnValue().Set(uv_tcp_open(self->tcp(), to_int(self->isolate(), arguments[0])));
}

template <int (*Name)(const uv_tcp_t*, sockaddr*, int*)>
void name_of_end(const Arguments& arguments) {
  TcpObject* self = TcpObject::of(arguments);
  if (self == nullptr) return;
  sockaddr_storage address = {};
  int size = sizeof(address);
  const int error = Name(self->tcp(), reinterpret_cast<sockaddr*>(&address), &size);
  if (error != 0) return arguments.GetReturnValue().Set(error);
  arguments.GetReturnValue().Set(
      describe_address(self->isolate(), reinterpret_cast<sockaddr*>(&address)));
}

void set_no_delay(const Arguments& arguments) {
  if (TcpObject* self = TcpObject::of(arguments))
    arguments.GetReturnValue().Set(uv_tcp_nodelay(self->tcp(), arguments[0]->IsTrue() ? 1 : 0));
}

// setKeepAlive(enable, seconds)
void set_keep_alive(const Arguments& arguments) {
  if (TcpObject* self = TcpObject::of(arguments)) {
    const unsigned int delay = static_cast<unsigned int>(to_int(self->isolate(), arguments[1]));
    arguments.GetReturnValue().Set(
        uv_tcp_keepalive(self->tcp(), arguments[0]->IsTrue() ? 1 : 0, delay));
  }
}

}  // namespace

void make_tcp_binding(Runtime& runtime, v8::Local<v8::Object> target) {
  v8::Isolate* isolate = runtime.isolate();
  v8::Local<v8::FunctionTemplate> made = make_handle_class(isolate, "TCP", construct);
  StreamObject::add_methods(isolate, made);
  add_method(isolate, made, "bind", bind);
  add_method(isolate, made, "connect", connect);
  add_method(isolate, made, "open", open);
  add_method(isolate, made, "getsockname", name_of_end<uv_tcp_getsockname>);
  add_method(isolate, made, "getpeername", name_of_end<uv_tcp_getpeername>);
  add_method(isolate, made, "setNoDelay", set_no_delay);
  add_method(isolate, made, "reset", TcpObject::reset);
  add_method(isolate, made, "setKeepAlive", set_keep_alive);
  offer_class(runtime, target, "TCP", made);
  set_constant(isolate, target, "IPV6ONLY", UV_TCP_IPV6ONLY);
}

}  // namespace violet::js

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
  uv_tcp_t* socket() { return &tcp_; }
  // As close(), but the other end hears of it by a reset.
  static void reset(TcpObject& self, const Arguments& arguments) {
    arguments.GetReturnValue().Set(uv_tcp_close_reset(&self.tcp_, on_closed));
  }

 private:
  uv_tcp_t tcp_;
};

// bind(address, port, flags)
void bind(TcpObject& self, const Arguments& arguments) {
  sockaddr_storage address = {};
  int error = parse_address(arguments, 0, address);
  if (error == 0) {
    error = uv_tcp_bind(self.socket(), reinterpret_cast<sockaddr*>(&address),
                        static_cast<unsigned int>(to_int(self.isolate(), arguments[2])));
  }
  arguments.GetReturnValue().Set(error);
}

// connect(request, address, port)
void connect(TcpObject& self, const Arguments& arguments) {
  sockaddr_storage address = {};
  int error = parse_address(arguments, 1, address);
  if (error != 0) return arguments.GetReturnValue().Set(error);
  auto* request = new RequestObject<uv_connect_t>(self.runtime(), arguments[0].As<v8::Object>());
  error = uv_tcp_connect(&request->request, self.socket(), reinterpret_cast<sockaddr*>(&address),
                         on_connected);
  if (error != 0) delete request;
  arguments.GetReturnValue().Set(error);
}

void open(TcpObject& self, const Arguments& arguments) {
  arguments.GetReturnValue().Set(uv_tcp_open(self.socket(), to_int(self.isolate(), arguments[0])));
}

void set_no_delay(TcpObject& self, const Arguments& arguments) {
  arguments.GetReturnValue().Set(uv_tcp_nodelay(self.socket(), arguments[0]->IsTrue() ? 1 : 0));
}

// setKeepAlive(enable, seconds)
void set_keep_alive(TcpObject& self, const Arguments& arguments) {
  const unsigned int delay = static_cast<unsigned int>(to_int(self.isolate(), arguments[1]));
  arguments.GetReturnValue().Set(
      uv_tcp_keepalive(self.socket(), arguments[0]->IsTrue() ? 1 : 0, delay));
}

}  // namespace

void make_tcp_binding(Runtime& runtime, v8::Local<v8::Object> target) {
  v8::Isolate* isolate = runtime.isolate();
  v8::Local<v8::FunctionTemplate> made =
      make_handle_class(isolate, "TCP", construct_handle<TcpObject>);
  StreamObject::add_methods(isolate, made);
  add_method<bind>(isolate, made, "bind");
  add_method<connect>(isolate, made, "connect");
  add_method<open>(isolate, made, "open");
  add_method<name_of_end<TcpObject, uv_tcp_t, uv_tcp_getsockname>>(isolate, made, "getsockname");
  add_method<name_of_end<TcpObject, uv_tcp_t, uv_tcp_getpeername>>(isolate, made, "getpeername");
  add_method<set_no_delay>(isolate, made, "setNoDelay");
  add_method<set_keep_alive>(isolate, made, "setKeepAlive");
  add_method<TcpObject::reset>(isolate, made, "reset");
  offer_class(runtime, target, "TCP", made);
  set_constant(isolate, target, "IPV6ONLY", UV_TCP_IPV6ONLY);
}

}  // namespace violet::js

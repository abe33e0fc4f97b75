// TCP sockets.
#include "v8/address.h"
#include "v8/stream_object.h"

namespace violet::js {
namespace {

struct TcpObject final : HandleOf<uv_tcp_t, StreamObject> {
  TcpObject(Runtime& runtime, v8::Local<v8::Object> object) : HandleOf(runtime, object) {
    uv_tcp_init(runtime.loop(), &raw);
  }
  // As close(), but the other end hears of it by a reset.
  static void reset(TcpObject& self, const Arguments& arguments) {
    answer(arguments, uv_tcp_close_reset(&self.raw, on_closed));
  }
};

// connect(request, address, port)
void connect(TcpObject& self, const Arguments& arguments) {
  sockaddr_storage address = {};
  const int error = parse_address(arguments, 1, address);
  if (error != 0) return answer(arguments, error);
  const auto start = [&](uv_connect_t* request) {
    return uv_tcp_connect(request, &self.raw, reinterpret_cast<sockaddr*>(&address), on_connected);
  };
  answer(arguments, start_request<uv_connect_t>(self.runtime(), arguments[0], start));
}

}  // namespace

void make_tcp_binding(Runtime& runtime, v8::Local<v8::Object> target) {
  v8::Isolate* isolate = runtime.isolate();
  v8::Local<v8::FunctionTemplate> made =
      make_handle_class(isolate, "TCP", construct_handle<TcpObject>);
  StreamObject::add_methods(isolate, made);
  add_method<bind_to<uv_tcp_bind, TcpObject>>(isolate, made, "bind");
  add_method<connect>(isolate, made, "connect");
  add_call<uv_tcp_open>(isolate, made, "open");
  add_method<name_of_end<uv_tcp_getsockname, TcpObject>>(isolate, made, "getsockname");
  add_method<name_of_end<uv_tcp_getpeername, TcpObject>>(isolate, made, "getpeername");
  add_call<uv_tcp_nodelay>(isolate, made, "setNoDelay");
  add_call<uv_tcp_keepalive>(isolate, made, "setKeepAlive");  // whether, and after how many seconds
  add_method<TcpObject::reset>(isolate, made, "reset");
  offer_class(runtime, target, "TCP", made);
  set_constant(isolate, target, "IPV6ONLY", UV_TCP_IPV6ONLY);
}

}  // namespace violet::js

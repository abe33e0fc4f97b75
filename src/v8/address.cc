#include "v8/address.h"

namespace violet::js {

int parse_address(const Arguments& arguments, int index, sockaddr_storage& parsed) {
  const std::string address = text_at(arguments, index);
  const int port = int_at(arguments, index + 1);
  if (uv_ip4_addr(address.c_str(), port, reinterpret_cast<sockaddr_in*>(&parsed)) == 0) return 0;
  return uv_ip6_addr(address.c_str(), port, reinterpret_cast<sockaddr_in6*>(&parsed));
}

v8::Local<v8::Value> describe_address(v8::Isolate* isolate, const sockaddr* address) {
  char shown[INET6_ADDRSTRLEN] = "";
  const bool is_ipv6 = address->sa_family == AF_INET6;
  uv_ip_name(address, shown, sizeof(shown));
  const int port = ntohs(is_ipv6 ? reinterpret_cast<const sockaddr_in6*>(address)->sin6_port
                                 : reinterpret_cast<const sockaddr_in*>(address)->sin_port);
  v8::Local<v8::Object> described = v8::Object::New(isolate);
  set(isolate, described, "address", text(isolate, shown));
  set(isolate, described, "family", text(isolate, is_ipv6 ? "IPv6" : "IPv4"));
  set(isolate, described, "port", v8::Integer::New(isolate, port));
  return described;
}

}  // namespace violet::js

// Looking names up on the thread pool.
#include "v8/address.h"
#include "v8/handle_object.h"

namespace violet::js {
namespace {

void on_found(uv_getaddrinfo_t* finished, int status, addrinfo* addresses) {
  auto& request = RequestObject<uv_getaddrinfo_t>::of(finished);
  v8::Isolate* isolate = request.runtime.isolate();
  CallbackScope scope(request.runtime, request.frame);
  std::vector<v8::Local<v8::Value>> list;
  for (const addrinfo* found = addresses; found != nullptr; found = found->ai_next)
    list.push_back(describe_address(isolate, found->ai_addr));
  uv_freeaddrinfo(addresses);
  v8::Local<v8::Value> arguments[] = {v8::Integer::New(isolate, status), list_of(isolate, list)};
  request.complete(scope, 2, arguments);
}

// lookup(request, name, family): oncomplete(status, [{ address, family, port }])
void lookup(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  Runtime& runtime = Runtime::of(isolate);
  const std::string host = text_at(arguments, 1);
  const int family = int_at(arguments, 2);
  addrinfo hints = {};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_family = family == 4 ? AF_INET : family == 6 ? AF_INET6 : AF_UNSPEC;
  const auto start = [&](uv_getaddrinfo_t* request) {
    return uv_getaddrinfo(runtime.loop(), request, on_found, host.c_str(), nullptr, &hints);
  };
  answer(arguments, start_request<uv_getaddrinfo_t>(runtime, arguments[0], start));
}

// isIP(text): 4, 6 or 0.
void is_ip(const Arguments& arguments) {
  sockaddr_storage parsed = {};
  const bool is_address = parse_address(arguments, 0, parsed) == 0;
  answer(arguments, !is_address ? 0 : parsed.ss_family == AF_INET6 ? 6 : 4);
}

}  // namespace

void make_dns_binding(Runtime& runtime, v8::Local<v8::Object> target) {
  set_function(runtime.isolate(), target, "lookup", lookup);
  set_function(runtime.isolate(), target, "isIP", is_ip);
}

}  // namespace violet::js

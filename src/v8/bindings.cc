#include <cstring>

#include "v8/binding.h"

namespace violet::js {

const Binding kBindings[] = {
    {"async", make_async_binding},
    {"buffer", make_buffer_binding},
    {"cipher", make_cipher_binding},
    {"derive", make_derive_binding},
    {"dns", make_dns_binding},
    {"fs", make_fs_binding},
    {"hash", make_hash_binding},
    {"http_parser", make_http_parser_binding},
    {"key", make_key_binding},
    {"message", make_message_binding},
    {"module", make_module_binding},
    {"os", make_os_binding},
    {"performance", make_performance_binding},
    {"pipe", make_pipe_binding},
    {"process", make_process_binding},
    {"random", make_random_binding},
    {"signal", make_signal_binding},
    {"spawn", make_spawn_binding},
    {"spawn_sync", make_spawn_sync_binding},
    {"task", make_task_binding},
    {"tcp", make_tcp_binding},
    {"timer", make_timer_binding},
    {"tls", make_tls_binding},
    {"trace", make_trace_binding},
    {"tty", make_tty_binding},
    {"udp", make_udp_binding},
    {"worker", make_worker_binding},
    {"zlib", make_zlib_binding},
    {nullptr, nullptr},
};

void get_binding(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  Runtime& runtime = Runtime::of(isolate);
  v8::Local<v8::Context> context = runtime.context();
  if (runtime.bindings().IsEmpty()) runtime.bindings().Reset(isolate, v8::Object::New(isolate));
  v8::Local<v8::Object> made = runtime.bindings().Get(isolate);
  v8::Local<v8::Value> known;
  if (made->Get(context, arguments[0]).ToLocal(&known) && known->IsObject())
    return arguments.GetReturnValue().Set(known);
  const std::string wanted = to_string(isolate, arguments[0]);
  for (const Binding* binding = kBindings; binding->name != nullptr; ++binding) {
    if (wanted != binding->name) continue;
    v8::Local<v8::Object> target = v8::Object::New(isolate);
    binding->make(runtime, target);
    made->Set(context, arguments[0], target).Check();
    return arguments.GetReturnValue().Set(target);
  }
}

}  // namespace violet::js

#include "v8/binding.h"

namespace violet::js {
namespace {

constexpr struct {
  std::string_view name;
  MakeBinding* make;
} kBindings[] = {
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
};

}  // namespace

void get_binding(const Arguments& arguments) {
  const std::string wanted = text_at(arguments, 0);
  for (const auto& binding : kBindings) {
    if (wanted != binding.name) continue;
    v8::Local<v8::Object> target = v8::Object::New(arguments.GetIsolate());
    binding.make(Runtime::of(arguments.GetIsolate()), target);
    return answer(arguments, target);
  }
}

}  // namespace violet::js

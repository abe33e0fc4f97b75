// A binding is a set of functions that C++ offers to lib/: `binding('timer')` in JavaScript. Each
// stands in a file of its own, binding_NAME.cc, of one shape: functions that take `const
// Arguments&`, and at the end one `make_NAME_binding()` that lists them.
#pragma once

#include "v8/runtime.h"
#include "v8/values.h"

namespace violet::js {

struct Binding {
  const char* name;
  void (*make)(Runtime& runtime, v8::Local<v8::Object> target);
};

// Ordered by name; ended by a null name. In bindings.cc.
extern const Binding kBindings[];

// `binding(name)`: the object, made on first use.
void get_binding(const Arguments& arguments);

void make_async_binding(Runtime& runtime, v8::Local<v8::Object> target);
void make_buffer_binding(Runtime& runtime, v8::Local<v8::Object> target);
void make_cipher_binding(Runtime& runtime, v8::Local<v8::Object> target);
void make_derive_binding(Runtime& runtime, v8::Local<v8::Object> target);
void make_dns_binding(Runtime& runtime, v8::Local<v8::Object> target);
void make_fs_binding(Runtime& runtime, v8::Local<v8::Object> target);
void make_hash_binding(Runtime& runtime, v8::Local<v8::Object> target);
void make_http_parser_binding(Runtime& runtime, v8::Local<v8::Object> target);
void make_key_binding(Runtime& runtime, v8::Local<v8::Object> target);
void make_message_binding(Runtime& runtime, v8::Local<v8::Object> target);
void make_module_binding(Runtime& runtime, v8::Local<v8::Object> target);
void make_os_binding(Runtime& runtime, v8::Local<v8::Object> target);
void make_performance_binding(Runtime& runtime, v8::Local<v8::Object> target);
void make_pipe_binding(Runtime& runtime, v8::Local<v8::Object> target);
void make_process_binding(Runtime& runtime, v8::Local<v8::Object> target);
void make_random_binding(Runtime& runtime, v8::Local<v8::Object> target);
void make_signal_binding(Runtime& runtime, v8::Local<v8::Object> target);
void make_spawn_binding(Runtime& runtime, v8::Local<v8::Object> target);
void make_spawn_sync_binding(Runtime& runtime, v8::Local<v8::Object> target);
void make_task_binding(Runtime& runtime, v8::Local<v8::Object> target);
void make_tcp_binding(Runtime& runtime, v8::Local<v8::Object> target);
void make_timer_binding(Runtime& runtime, v8::Local<v8::Object> target);
void make_tls_binding(Runtime& runtime, v8::Local<v8::Object> target);
void make_trace_binding(Runtime& runtime, v8::Local<v8::Object> target);
void make_tty_binding(Runtime& runtime, v8::Local<v8::Object> target);
void make_udp_binding(Runtime& runtime, v8::Local<v8::Object> target);
void make_worker_binding(Runtime& runtime, v8::Local<v8::Object> target);
void make_zlib_binding(Runtime& runtime, v8::Local<v8::Object> target);

}  // namespace violet::js

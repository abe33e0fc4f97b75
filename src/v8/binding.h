// A binding is a set of functions that C++ offers to lib/: `binding('timer')` in JavaScript. Each
// stands in a file of its own, binding_NAME.cc, of one shape: functions that take `const
// Arguments&`, and at the end one `make_NAME_binding()` that lists them.
#pragma once

#include "v8/runtime.h"
#include "v8/values.h"

namespace violet::js {

// getBinding(name): a new object; lib/bootstrap.js keeps it.
void get_binding(const Arguments& arguments);

inline void add_method(v8::Isolate* isolate, v8::Local<v8::FunctionTemplate> made, const char* key,
                       v8::FunctionCallback callback) {
  made->PrototypeTemplate()->Set(name(isolate, key), v8::FunctionTemplate::New(isolate, callback));
}

// A class whose objects C++ stands behind: `constructor` makes its part of `arguments.This()`.
inline v8::Local<v8::FunctionTemplate> make_class(v8::Isolate* isolate, const char* class_name,
                                                  v8::FunctionCallback constructor) {
  v8::Local<v8::FunctionTemplate> made = v8::FunctionTemplate::New(isolate, constructor);
  made->SetClassName(name(isolate, class_name));
  made->InstanceTemplate()->SetInternalFieldCount(1);
  return made;
}

inline void offer_class(Runtime& runtime, v8::Local<v8::Object> target, const char* key,
                        v8::Local<v8::FunctionTemplate> made) {
  set(runtime.isolate(), target, key, made->GetFunction(runtime.context()).ToLocalChecked());
}

// Each in the file of its name.
using MakeBinding = void(Runtime& runtime, v8::Local<v8::Object> target);
MakeBinding make_async_binding, make_buffer_binding, make_cipher_binding, make_derive_binding,
    make_dns_binding, make_fs_binding, make_hash_binding, make_http_parser_binding,
    make_key_binding, make_message_binding, make_module_binding, make_os_binding,
    make_performance_binding, make_pipe_binding, make_process_binding, make_random_binding,
    make_signal_binding, make_spawn_binding, make_spawn_sync_binding, make_task_binding,
    make_tcp_binding, make_timer_binding, make_tls_binding, make_trace_binding, make_tty_binding,
    make_udp_binding, make_worker_binding, make_zlib_binding;

}  // namespace violet::js

// Ticks, microtasks, promises, and the functions of lib/bootstrap.js that C++ calls.
#include "v8/binding.h"

namespace violet::js {
namespace {

void set_hooks(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  Runtime& runtime = Runtime::of(isolate);
  // In the order of Runtime::Hook.
  static constexpr const char* kNames[] = {
      "start",     "drainTicks", "runTimers", "runImmediates",     "uncaught",
      "rejection", "beforeExit", "exit",      "importDynamically", "importMeta"};
  static_assert(std::size(kNames) == static_cast<std::size_t>(Runtime::Hook::kCount));
  v8::Local<v8::Object> hooks = arguments[0].As<v8::Object>();
  for (std::size_t i = 0; i < std::size(kNames); ++i) {
    v8::Local<v8::Value> function =
        hooks->Get(runtime.context(), name(isolate, kNames[i])).ToLocalChecked();
    runtime.set_hook(static_cast<Runtime::Hook>(i), function.As<v8::Function>());
  }
}

void run_microtasks(const Arguments& arguments) {
  arguments.GetIsolate()->PerformMicrotaskCheckpoint();
}

void enqueue_microtask(const Arguments& arguments) {
  arguments.GetIsolate()->EnqueueMicrotask(arguments[0].As<v8::Function>());
}

// promiseState(promise): [state, result], for console.log().
void promise_state(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  if (!arguments[0]->IsPromise()) return;
  v8::Local<v8::Promise> promise = arguments[0].As<v8::Promise>();
  v8::Local<v8::Value> result = v8::Undefined(isolate);
  if (promise->State() != v8::Promise::kPending) result = promise->Result();
  answer(arguments, list_of(isolate, {v8::Integer::New(isolate, promise->State()), result}));
}

// previewEntries(iterator): [entries, whether they are keys and values in turn], without moving it
// on.
void preview_entries(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  bool are_pairs = false;
  v8::Local<v8::Array> entries;
  if (!arguments[0]->IsObject() ||
      !arguments[0].As<v8::Object>()->PreviewEntries(&are_pairs).ToLocal(&entries)) {
    return;
  }
  answer(arguments, list_of(isolate, {entries, v8::Boolean::New(isolate, are_pairs)}));
}

// proxyParts(proxy): [target, handler]; undefined for what is no proxy.
void proxy_parts(const Arguments& arguments) {
  if (!arguments[0]->IsProxy()) return;
  v8::Local<v8::Proxy> proxy = arguments[0].As<v8::Proxy>();
  answer(arguments, list_of(arguments.GetIsolate(), {proxy->GetTarget(), proxy->GetHandler()}));
}

constexpr Method kFunctions[] = {{"setHooks", set_hooks},
                                 {"runMicrotasks", run_microtasks},
                                 {"enqueueMicrotask", enqueue_microtask},
                                 {"promiseState", promise_state},
                                 {"previewEntries", preview_entries},
                                 {"proxyParts", proxy_parts}};

}  // namespace

void make_task_binding(Runtime& runtime, v8::Local<v8::Object> target) {
  v8::Isolate* isolate = runtime.isolate();
  set_functions(isolate, target, kFunctions);
  // One byte that JavaScript sets while ticks wait, so that C++ need not ask.
  set(isolate, target, "hasTicks",
      v8::Uint8Array::New(memory_of(isolate, runtime.has_ticks), 0, 1));
  set_constant(isolate, target, "kRejectWithNoHandler", v8::kPromiseRejectWithNoHandler);
  set_constant(isolate, target, "kHandlerAddedAfterReject", v8::kPromiseHandlerAddedAfterReject);
}

}  // namespace violet::js

// Ticks, microtasks, promises, and the functions of lib/bootstrap.js that C++ calls.
#include "v8/binding.h"

namespace violet::js {
namespace {

void set_hooks(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  Runtime& runtime = Runtime::of(isolate);
  static constexpr struct {
    const char* name;
    Runtime::Hook hook;
  } kHooks[] = {
      {"start", Runtime::Hook::kStart},
      {"drainTicks", Runtime::Hook::kDrainTicks},
      {"runTimers", Runtime::Hook::kRunTimers},
      {"runImmediates", Runtime::Hook::kRunImmediates},
      {"uncaught", Runtime::Hook::kUncaught},
      {"rejection", Runtime::Hook::kRejection},
      {"beforeExit", Runtime::Hook::kBeforeExit},
      {"exit", Runtime::Hook::kExit},
      {"importDynamically", Runtime::Hook::kImport},
      {"importMeta", Runtime::Hook::kImportMeta},
  };
  static_assert(std::size(kHooks) == static_cast<std::size_t>(Runtime::Hook::kCount));
  v8::Local<v8::Object> hooks = arguments[0].As<v8::Object>();
  for (const auto& entry : kHooks) {
    v8::Local<v8::Value> function =
        hooks->Get(runtime.context(), name(isolate, entry.name)).ToLocalChecked();
    runtime.set_hook(entry.hook, function.As<v8::Function>());
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
  v8::Local<v8::Value> parts[] = {v8::Integer::New(isolate, promise->State()),
                                  v8::Undefined(isolate)};
  if (promise->State() != v8::Promise::kPending) parts[1] = promise->Result();
  arguments.GetReturnValue().Set(v8::Array::New(isolate, parts, 2));
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
  v8::Local<v8::Value> parts[] = {entries, v8::Boolean::New(isolate, are_pairs)};
  arguments.GetReturnValue().Set(v8::Array::New(isolate, parts, 2));
}

// proxyParts(proxy): [target, handler]; undefined for what is no proxy.
void proxy_parts(const Arguments& arguments) {
  if (!arguments[0]->IsProxy()) return;
  v8::Local<v8::Proxy> proxy = arguments[0].As<v8::Proxy>();
  v8::Local<v8::Value> parts[] = {proxy->GetTarget(), proxy->GetHandler()};
  arguments.GetReturnValue().Set(v8::Array::New(arguments.GetIsolate(), parts, 2));
}

}  // namespace

void make_task_binding(Runtime& runtime, v8::Local<v8::Object> target) {
  v8::Isolate* isolate = runtime.isolate();
  set_function(isolate, target, "setHooks", set_hooks);
  set_function(isolate, target, "runMicrotasks", run_microtasks);
  set_function(isolate, target, "enqueueMicrotask", enqueue_microtask);
  set_function(isolate, target, "promiseState", promise_state);
  set_function(isolate, target, "previewEntries", preview_entries);
  set_function(isolate, target, "proxyParts", proxy_parts);
  // One byte that JavaScript sets while ticks wait, so that C++ need not ask.
  auto flag = v8::ArrayBuffer::NewBackingStore(
      runtime.has_ticks(), 1, [](void*, std::size_t, void*) {}, nullptr);
  v8::Local<v8::ArrayBuffer> buffer = v8::ArrayBuffer::New(isolate, std::move(flag));
  set(isolate, target, "hasTicks", v8::Uint8Array::New(buffer, 0, 1));
  set_constant(isolate, target, "kRejectWithNoHandler", v8::kPromiseRejectWithNoHandler);
  set_constant(isolate, target, "kHandlerAddedAfterReject", v8::kPromiseHandlerAddedAfterReject);
}

}  // namespace violet::js

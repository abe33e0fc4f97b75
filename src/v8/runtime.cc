#include "v8/runtime.h"

#include <cstdio>
#include <cstdlib>

#include "v8/binding.h"
#include "v8/callback_scope.h"
#include "v8/errors.h"
#include "v8/platform.h"

namespace violet::js {
namespace {

void on_rejection(v8::PromiseRejectMessage message) {
  v8::Isolate* isolate = v8::Isolate::GetCurrent();
  Runtime& runtime = Runtime::of(isolate);
  v8::HandleScope scope(isolate);
  v8::Local<v8::Value> value = message.GetValue();
  if (value.IsEmpty()) value = v8::Undefined(isolate);
  v8::Local<v8::Value> arguments[] = {v8::Integer::New(isolate, message.GetEvent()),
                                      message.GetPromise(), value};
  v8::TryCatch caught(isolate);
  v8::MaybeLocal<v8::Value> told =
      runtime.hook(Runtime::Hook::kRejection)
          ->Call(runtime.context(), v8::Undefined(isolate), 3, arguments);
  if (told.IsEmpty() && !caught.HasTerminated())
    runtime.report_uncaught(caught.Exception(), caught.Message());
}

void on_fatal_error(const char* location, const char* message) {
  std::fprintf(stderr, "violet: V8 cannot go on: %s (%s)\n", message,
               location == nullptr ? "" : location);
  std::abort();
}

void on_out_of_memory(const char* location, bool is_heap) {
  std::fprintf(stderr, "violet: out of memory: the JavaScript %s is exhausted (%s)\n",
               is_heap ? "heap" : "process", location == nullptr ? "" : location);
  std::abort();
}

}  // namespace

Owned::Owned(Runtime& runtime) : next_(runtime.owned), link_(&runtime.owned) {
  if (next_ != nullptr) next_->link_ = &next_;
  runtime.owned = this;
}

Runtime::Runtime(uv_loop_t* loop, const Options& options, const ChannelEnd* parent)
    : loop_(loop),
      options_(options),
      parent_(parent),
      buffers_(v8::ArrayBuffer::Allocator::NewDefaultAllocator()),
      tasks_(std::make_unique<TaskQueue>(loop)) {
  uv_loop_configure(loop, UV_METRICS_IDLE_TIME);
  if (options.traces_phases && parent == nullptr) trace.start(loop);
  LoopPlatform& platform = LoopPlatform::get();
  isolate_ = v8::Isolate::Allocate();
  platform.add(isolate_, tasks_->runner());
  v8::Isolate::CreateParams parameters;
  parameters.array_buffer_allocator = buffers_.get();
  if (options.heap_limit > 0)
    parameters.constraints.set_max_old_generation_size_in_bytes(options.heap_limit);
  v8::Isolate::Initialize(isolate_, parameters);
  isolate_->SetData(kIsolateSlot, this);
  isolate_->SetMicrotasksPolicy(v8::MicrotasksPolicy::kExplicit);
  isolate_->SetFatalErrorHandler(on_fatal_error);
  isolate_->SetOOMErrorHandler(on_out_of_memory);
  isolate_->SetCaptureStackTraceForUncaughtExceptions(true, 10);
  if (options.heap_limit > 0) limit_heap();
}

// A worker whose heap is full ends, and nothing else does: it gets some room to end in.
void Runtime::limit_heap() {
  auto on_limit = [](void* data, std::size_t current, std::size_t) {
    Runtime& self = *static_cast<Runtime*>(data);
    self.is_out_of_memory_ = true;
    self.exit(1);
    return current + (std::size_t{64} << 20);
  };
  isolate_->AddNearHeapLimitCallback(on_limit, this);
}

Runtime::~Runtime() {
  for (v8::Global<v8::Function>& hook : hooks_)
    hook.Reset();
  modules_.clear();
  port_class.Reset();
  port_maker.Reset();
  context_.Reset();
  isolate_->Dispose();
  LoopPlatform::get().remove(isolate_);
}

v8::Local<v8::Function> Runtime::hook(Hook which) const {
  return hooks_[static_cast<int>(which)].Get(isolate_);
}

void Runtime::set_hook(Hook which, v8::Local<v8::Function> function) {
  hooks_[static_cast<int>(which)].Reset(isolate_, function);
}

void Runtime::exit(int code) {
  exit_code_ = code;
  exiting_ = true;
  isolate_->TerminateExecution();
  uv_stop(loop_);
}

void Runtime::report_uncaught(v8::Local<v8::Value> error, v8::Local<v8::Message> message,
                              v8::Local<v8::Value> origin) {
  v8::HandleScope scope(isolate_);
  std::string described = describe_place(isolate_, message);
  if (origin.IsEmpty()) origin = v8::Undefined(isolate_);
  v8::Local<v8::Value> arguments[] = {error, origin};
  v8::TryCatch caught(isolate_);
  v8::Local<v8::Value> answer;
  v8::Local<v8::Function> function = hook(Hook::kUncaught);
  if (function->Call(context(), v8::Undefined(isolate_), 2, arguments).ToLocal(&answer)) {
    if (answer->IsTrue()) return;
    described += to_string(isolate_, answer);
  } else if (caught.HasTerminated()) {
    return;
  } else {
    // The listener that should have dealt with it threw.
    described = describe_uncaught(isolate_, caught.Exception(), caught.Message());
  }
  std::fflush(stdout);
  std::fputs(described.c_str(), stderr);
  std::fprintf(stderr, "\nViolet, V8 %s\n", v8::V8::GetVersion());
  exit(exit_code_ = caught.HasCaught() ? 7 : 1);
}

// Runs lib/bootstrap.js, which makes the globals and sets the hooks.
bool Runtime::boot() {
  v8::TryCatch caught(isolate_);
  v8::Local<v8::Function> bootstrap;
  if (!compile_library_file(isolate_, "bootstrap").ToLocal(&bootstrap)) return false;
  v8::Local<v8::Value> undefined = v8::Undefined(isolate_);
  v8::Local<v8::Value> arguments[] = {
      undefined, v8::Function::New(context(), require_library_file).ToLocalChecked(), undefined,
      v8::Function::New(context(), get_binding).ToLocalChecked()};
  if (!bootstrap->Call(context(), context()->Global(), 4, arguments).IsEmpty()) return true;
  if (!caught.HasTerminated())
    std::fputs(describe_uncaught(isolate_, caught.Exception(), caught.Message()).c_str(), stderr);
  return false;
}

// The main program, as the first callback: ticks and microtasks are drained behind it.
void Runtime::start_program() {
  CallbackScope scope(*this);
  trace.enter(PhaseTrace::Phase::kProgram);
  scope.call(v8::Undefined(isolate_), hook(Hook::kStart));
}

// Until nothing keeps the loop alive, and the program's beforeExit listeners bring nothing new.
void Runtime::spin() {
  while (!exiting_) {
    uv_run(loop_, UV_RUN_DEFAULT);
    tasks_->run_due();
    if (exiting_ || uv_loop_alive(loop_)) continue;
    {
      CallbackScope scope(*this);
      trace.enter(PhaseTrace::Phase::kEnd);
      scope.call(v8::Undefined(isolate_), hook(Hook::kBeforeExit));
    }
    if (!uv_loop_alive(loop_)) break;
  }
}

int Runtime::finish() {
  const bool was_exiting = exiting_;
  if (!was_exiting) {
    CallbackScope scope(*this);
    v8::Local<v8::Value> code;
    if (scope.call(v8::Undefined(isolate_), hook(Hook::kExit)).ToLocal(&code) && !exiting_)
      exit_code_ = to_int(isolate_, code);
  }
  exiting_ = true;
  if (on_closing) on_closing();
  close_all_handles();
  return exit_code_;
}

void Runtime::close_all_handles() {
  for (Owned* one = owned; one != nullptr; one = one->next())
    one->leave();
  tasks_->close();
  auto close = [](uv_handle_t* handle, void*) {
    if (!uv_is_closing(handle)) uv_close(handle, nullptr);
  };
  uv_walk(loop_, close, nullptr);
  while (uv_run(loop_, UV_RUN_DEFAULT) != 0) {
  }
  while (owned != nullptr)
    delete owned;
}

int Runtime::run() {
  v8::Isolate::Scope isolate_scope(isolate_);
  v8::HandleScope handle_scope(isolate_);
  context_.Reset(isolate_, v8::Context::New(isolate_));
  v8::Context::Scope context_scope(context());
  install_module_hooks(*this);
  if (boot()) {
    isolate_->SetPromiseRejectCallback(on_rejection);
    start_program();
    spin();
  } else {
    exit(1);  // A worker may be terminated as early as this.
  }
  return finish();
}

}  // namespace violet::js

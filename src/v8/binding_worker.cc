// Workers: a thread with a loop and an isolate of its own. onexit(code).
#include <atomic>

#include "v8/port_object.h"

namespace violet::js {
namespace {

class WorkerObject final : public HandleOf<uv_async_t> {
 public:
  WorkerObject(Runtime& runtime, v8::Local<v8::Object> object) : HandleOf(runtime, object) {
    // The thread has ended.
    uv_async_init(runtime.loop(), &raw,
                  [](uv_async_t* over) { object_of<WorkerObject>(over).finish(); });
  }
  ~WorkerObject() override { join(); }
  // A worker does not outlive who made it.
  void leave() override {
    terminate();
    join();
  }

  // 0 or an error.
  int start(Options options, ChannelEnd end) {
    options_ = std::move(options);
    end_ = std::move(end);
    const int error = uv_thread_create(
        &thread_, [](void* self) { static_cast<WorkerObject*>(self)->run(); }, this);
    is_started_ = error == 0;
    return error;
  }

  bool is_out_of_memory() { return is_out_of_memory_; }

  // How long the worker's loop has waited, in ms, and 0 when there is none. The call is
  // thread-safe.
  double idle_time() {
    std::lock_guard guard(lock_);
    if (running_ == nullptr) return 0;
    return static_cast<double>(uv_metrics_idle_time(running_->loop())) / 1e6;
  }

  void terminate() {
    std::lock_guard guard(lock_);
    is_terminated_ = true;
    if (running_ == nullptr) return;
    running_->isolate()->TerminateExecution();
    uv_async_send(&stop_);
  }

 private:
  // On the worker's thread.
  void run() {
    uv_loop_t loop;
    if (uv_loop_init(&loop) == 0) {
      {
        Runtime worker(&loop, options_, &end_);
        uv_async_init(&loop, &stop_,
                      [](uv_async_t* stop) { static_cast<Runtime*>(stop->data)->exit(1); });
        uv_unref(reinterpret_cast<uv_handle_t*>(&stop_));
        stop_.data = &worker;
        worker.on_closing = [this] { set_running(nullptr); };
        set_running(&worker);
        exit_code_ = worker.run();
        is_out_of_memory_ = worker.is_out_of_memory();
      }
      uv_loop_close(&loop);
    }
    end_.other->end();
    uv_async_send(&raw);
  }

  void set_running(Runtime* worker) {
    std::lock_guard guard(lock_);
    running_ = worker;
    if (worker == nullptr || !is_terminated_) return;
    worker->isolate()->TerminateExecution();
    uv_async_send(&stop_);
  }

  void join() {
    if (is_started_) uv_thread_join(&thread_);
    is_started_ = false;
  }

  // On the parent's thread.
  void finish() {
    join();
    CallbackScope scope(runtime(), frame());
    v8::Local<v8::Value> arguments[] = {v8::Integer::New(isolate(), exit_code_)};
    scope.call_method(object(), "onexit", 1, arguments);
  }

  uv_async_t stop_;  // the worker's
  uv_thread_t thread_;
  bool is_started_ = false;
  Options options_;
  ChannelEnd end_;
  int exit_code_ = 1;
  bool is_out_of_memory_ = false;

  std::mutex lock_;
  Runtime* running_ = nullptr;  // guarded by the lock, like the next one
  bool is_terminated_ = false;
};

// start(script or code, is code, port, limit of the heap in MB or 0): the port's other end is the
// worker's.
void start(WorkerObject& self, const Arguments& arguments) {
  Options options = self.runtime().options();
  (arguments[1]->IsTrue() ? options.code.emplace() : options.script) = text_at(arguments, 0);
  options.heap_limit = static_cast<std::size_t>(integer_at(arguments, 3)) << 20;
  PortObject* port = PortObject::at(arguments[2]);
  answer(arguments, self.start(std::move(options), {port->end().other, port->end().own}));
}

}  // namespace

void make_worker_binding(Runtime& runtime, v8::Local<v8::Object> target) {
  v8::Isolate* isolate = runtime.isolate();
  v8::Local<v8::FunctionTemplate> made =
      make_handle_class(isolate, "Worker", construct_handle<WorkerObject>);
  add_method<start>(isolate, made, "start");
  add_method<&WorkerObject::terminate>(isolate, made, "terminate");
  add_method<&WorkerObject::is_out_of_memory>(isolate, made, "isOutOfMemory");
  add_method<&WorkerObject::idle_time>(isolate, made, "idleTime");
  offer_class(runtime, target, "Worker", made);
  set(isolate, target, "isMainThread", v8::Boolean::New(isolate, runtime.parent() == nullptr));
}

}  // namespace violet::js

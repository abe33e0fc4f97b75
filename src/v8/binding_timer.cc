// The loop's side of timers and immediates: one timer for all JavaScript timers, a check handle for
// immediates, and an idle handle that keeps the loop from sleeping while immediates wait.
#include "v8/binding.h"
#include "v8/callback_scope.h"

namespace violet::js {
namespace {

struct Timers final : Owned {
  explicit Timers(Runtime& owner) : Owned(owner), runtime(owner) {
    uv_timer_init(runtime.loop(), &timer);
    uv_check_init(runtime.loop(), &check);
    uv_idle_init(runtime.loop(), &idle);
    timer.data = check.data = this;
  }

  Runtime& runtime;
  uv_timer_t timer;
  uv_check_t check;
  uv_idle_t idle;
};

template <typename Handle>
uv_handle_t* base(Handle& handle) {
  return reinterpret_cast<uv_handle_t*>(&handle);
}

void set_referenced(uv_handle_t* handle, bool referenced) {
  referenced ? uv_ref(handle) : uv_unref(handle);
}

void on_timer(uv_timer_t* timer);

// `next` is what lib/timers.js answers: 0 for no timer, else in how many ms; negative for one that
// does not keep the loop alive.
void schedule(Timers& timers, double next) {
  if (next == 0) return;
  const double delay = next < 0 ? -next : next;
  uv_timer_start(&timers.timer, on_timer, static_cast<std::uint64_t>(delay), 0);
  set_referenced(base(timers.timer), next > 0);
}

void on_timer(uv_timer_t* timer) {
  Timers& timers = *static_cast<Timers*>(timer->data);
  Runtime& runtime = timers.runtime;
  CallbackScope scope(runtime);
  runtime.trace.enter(PhaseTrace::Phase::kTimers);
  v8::Local<v8::Value> now[] = {
      number(runtime.isolate(), static_cast<double>(uv_now(runtime.loop())))};
  v8::Local<v8::Value> next;
  // A timer that throws ends the round; the others go on at once.
  do {
    if (scope
            .call(v8::Undefined(runtime.isolate()), runtime.hook(Runtime::Hook::kRunTimers), 1, now)
            .ToLocal(&next)) {
      return schedule(timers, to_double(runtime.isolate(), next));
    }
  } while (!runtime.is_exiting());
}

void on_check(uv_check_t* check) {
  Timers& timers = *static_cast<Timers*>(check->data);
  Runtime& runtime = timers.runtime;
  CallbackScope scope(runtime);
  if (uv_is_active(base(timers.idle)) != 0) runtime.trace.enter(PhaseTrace::Phase::kCheck);
  v8::Local<v8::Value> more;
  do {
    if (!scope.call(v8::Undefined(runtime.isolate()), runtime.hook(Runtime::Hook::kRunImmediates))
             .ToLocal(&more)) {
      continue;
    }
    if (!more->IsTrue()) uv_idle_stop(&timers.idle);
    return;
  } while (!runtime.is_exiting());
}

Timers& timers_of(const Arguments& arguments) {
  return *static_cast<Timers*>(arguments.Data().As<v8::External>()->Value());
}

// startTimer(ms): negative for one that does not keep the loop alive.
void start_timer(const Arguments& arguments) {
  schedule(timers_of(arguments), to_double(arguments.GetIsolate(), arguments[0]));
}

void reference_timer(const Arguments& arguments) {
  set_referenced(base(timers_of(arguments).timer), arguments[0]->IsTrue());
}

// keepAwake(yes): while referenced immediates wait.
void keep_awake(const Arguments& arguments) {
  Timers& timers = timers_of(arguments);
  if (arguments[0]->IsTrue()) {
    uv_idle_start(&timers.idle, [](uv_idle_t*) {});
  } else {
    uv_idle_stop(&timers.idle);
  }
}

// The loop's time, in ms.
void now(const Arguments& arguments) {
  Runtime& runtime = Runtime::of(arguments.GetIsolate());
  uv_update_time(runtime.loop());
  answer(arguments, uv_now(runtime.loop()));
}

}  // namespace

void make_timer_binding(Runtime& runtime, v8::Local<v8::Object> target) {
  v8::Isolate* isolate = runtime.isolate();
  auto* timers = new Timers(runtime);
  uv_check_start(&timers->check, on_check);
  uv_unref(base(timers->check));
  v8::Local<v8::External> data = v8::External::New(isolate, timers);
  auto add = [&](const char* key, v8::FunctionCallback callback) {
    set(isolate, target, key,
        v8::Function::New(runtime.context(), callback, data).ToLocalChecked());
  };
  add("startTimer", start_timer);
  add("referenceTimer", reference_timer);
  add("keepAwake", keep_awake);
  set_function(isolate, target, "now", now);
}

}  // namespace violet::js

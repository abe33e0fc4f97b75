// How long the loop has waited.
#include "v8/binding.h"

namespace violet::js {
namespace {

// idleTime(): in ms, since the loop was made.
void idle_time(const Arguments& arguments) {
  uv_loop_t* loop = Runtime::of(arguments.GetIsolate()).loop();
  answer(arguments, static_cast<double>(uv_metrics_idle_time(loop)) / 1e6);
}

}  // namespace

void make_performance_binding(Runtime& runtime, v8::Local<v8::Object> target) {
  set_function(runtime.isolate(), target, "idleTime", idle_time);
}

}  // namespace violet::js

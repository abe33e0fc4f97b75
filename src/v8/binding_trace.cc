// What JavaScript tells `--trace-phases`: timers, immediates and ticks, of which C++ sees only that
// some run.
#include "v8/binding.h"

namespace violet::js {
namespace {

void note(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  Runtime::of(isolate).trace.note(text_at(arguments, 0));
}

void note_drained(const Arguments& arguments) {
  Runtime::of(arguments.GetIsolate()).trace.note_drained();
}

}  // namespace

void make_trace_binding(Runtime& runtime, v8::Local<v8::Object> target) {
  v8::Isolate* isolate = runtime.isolate();
  set(isolate, target, "isOn", v8::Boolean::New(isolate, runtime.trace.is_on()));
  set_function(isolate, target, "note", note);
  set_function(isolate, target, "noteDrained", note_drained);
}

}  // namespace violet::js

// Child processes: onexit(status, signal).
#include "v8/spawn_options.h"
#include "v8/stream_object.h"

namespace violet::js {
namespace {

using ProcessObject = HandleOf<uv_process_t>;

void on_exit(uv_process_t* process, std::int64_t status, int signal) {
  auto& self = object_of<ProcessObject>(process);
  v8::Isolate* isolate = self.isolate();
  CallbackScope scope(self.runtime(), self.frame());
  v8::Local<v8::Value> arguments[] = {number(isolate, static_cast<double>(status)),
                                      v8::Integer::New(isolate, signal)};
  scope.call_method(self.object(), "onexit", 2, arguments);
}

// spawn(file, arguments, environment or undefined, directory or undefined, stdio, detached): the
// pid, or an error.
void spawn(ProcessObject& self, const Arguments& arguments) {
  SpawnOptions spawned(arguments);
  spawned.open_stdio(arguments[kStdioArgument], [](std::uint32_t, v8::Local<v8::Value> handle) {
    return StreamObject::at(handle)->stream();
  });
  spawned.options.exit_cb = on_exit;
  const int error = uv_spawn(self.runtime().loop(), &self.raw, &spawned.options);
  self.raw.data = static_cast<HandleObject*>(&self);
  answer(arguments, error != 0 ? error : uv_process_get_pid(&self.raw));
}

}  // namespace

void make_spawn_binding(Runtime& runtime, v8::Local<v8::Object> target) {
  v8::Isolate* isolate = runtime.isolate();
  v8::Local<v8::FunctionTemplate> made =
      make_handle_class(isolate, "Process", construct_handle<ProcessObject>);
  add_method<spawn>(isolate, made, "spawn");
  add_call<uv_process_kill>(isolate, made, "kill");
  offer_class(runtime, target, "Process", made);
}

}  // namespace violet::js

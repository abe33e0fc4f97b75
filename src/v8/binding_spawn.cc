// Child processes: onexit(status, signal).
#include "v8/spawn_options.h"
#include "v8/stream_object.h"

namespace violet::js {
namespace {

class ProcessObject final : public HandleObject {
 public:
  ProcessObject(Runtime& runtime, v8::Local<v8::Object> object)
      : HandleObject(runtime, object, reinterpret_cast<uv_handle_t*>(&process_)) {}

  static void on_exit(uv_process_t* process, std::int64_t status, int signal) {
    ProcessObject& self = *static_cast<ProcessObject*>(process->data);
    v8::Isolate* isolate = self.isolate();
    CallbackScope scope(self.runtime(), self.frame());
    v8::Local<v8::Value> arguments[] = {number(isolate, static_cast<double>(status)),
                                        v8::Integer::New(isolate, signal)};
    scope.call_method(self.object(), "onexit", 2, arguments);
  }

  static void spawn(ProcessObject& self, const Arguments& arguments);

  static void kill(ProcessObject& self, const Arguments& arguments) {
    arguments.GetReturnValue().Set(
        uv_process_kill(&self.process_, to_int(self.isolate(), arguments[0])));
  }

 private:
  uv_process_t process_ = {};
};

// stdio: [undefined (ignore) | number (inherit) | { handle, flags } ...]
std::vector<uv_stdio_container_t> stdio_of(v8::Isolate* isolate, v8::Local<v8::Array> list) {
  v8::Local<v8::Context> context = isolate->GetCurrentContext();
  std::vector<uv_stdio_container_t> containers(list->Length());
  for (std::uint32_t i = 0; i < list->Length(); ++i) {
    v8::Local<v8::Value> entry = list->Get(context, i).ToLocalChecked();
    uv_stdio_container_t& container = containers[i];
    container.flags = UV_IGNORE;
    if (entry->IsNumber()) {
      container.flags = UV_INHERIT_FD;
      container.data.fd = to_int(isolate, entry);
    } else if (entry->IsObject()) {
      container.flags =
          static_cast<uv_stdio_flags>(UV_CREATE_PIPE | UV_READABLE_PIPE | UV_WRITABLE_PIPE);
      container.data.stream = StreamObject::at(entry)->stream();
    }
  }
  return containers;
}

// spawn(file, arguments, environment or undefined, directory or undefined, stdio, detached): the
// pid, or an error.
void ProcessObject::spawn(ProcessObject& self, const Arguments& arguments) {
  SpawnOptions spawned(arguments);
  std::vector<uv_stdio_container_t> stdio =
      stdio_of(self.isolate(), arguments[kStdioArgument].As<v8::Array>());
  spawned.options.exit_cb = on_exit;
  spawned.options.stdio = stdio.data();
  spawned.options.stdio_count = static_cast<int>(stdio.size());
  const int error = uv_spawn(self.runtime().loop(), &self.process_, &spawned.options);
  self.process_.data = &self;
  arguments.GetReturnValue().Set(error != 0 ? error : uv_process_get_pid(&self.process_));
}

}  // namespace

void make_spawn_binding(Runtime& runtime, v8::Local<v8::Object> target) {
  v8::Isolate* isolate = runtime.isolate();
  v8::Local<v8::FunctionTemplate> made =
      make_handle_class(isolate, "Process", construct_handle<ProcessObject>);
  add_method<ProcessObject::spawn>(isolate, made, "spawn");
  add_method<ProcessObject::kill>(isolate, made, "kill");
  offer_class(runtime, target, "Process", made);
}

}  // namespace violet::js

// Signals: onsignal(number).
#include <csignal>

#include "v8/handle_object.h"

namespace violet::js {
namespace {

struct SignalObject final : HandleOf<uv_signal_t> {
  SignalObject(Runtime& runtime, v8::Local<v8::Object> object) : HandleOf(runtime, object) {
    uv_signal_init(runtime.loop(), &raw);
    uv_unref(handle());
  }
};

void on_signal(uv_signal_t* signal, int number) {
  auto& self = object_of<SignalObject>(signal);
  CallbackScope scope(self.runtime());
  v8::Local<v8::Value> arguments[] = {v8::Integer::New(self.isolate(), number)};
  scope.call_method(self.object(), "onsignal", 1, arguments);
}

void start(SignalObject& self, const Arguments& arguments) {
  answer(arguments, uv_signal_start(&self.raw, on_signal, int_at(arguments, 0)));
}

constexpr struct {
  const char* name;
  int number;
} kSignals[] = {
    {"SIGHUP", SIGHUP},   {"SIGINT", SIGINT},     {"SIGQUIT", SIGQUIT}, {"SIGILL", SIGILL},
    {"SIGTRAP", SIGTRAP}, {"SIGABRT", SIGABRT},   {"SIGBUS", SIGBUS},   {"SIGFPE", SIGFPE},
    {"SIGKILL", SIGKILL}, {"SIGUSR1", SIGUSR1},   {"SIGSEGV", SIGSEGV}, {"SIGUSR2", SIGUSR2},
    {"SIGPIPE", SIGPIPE}, {"SIGALRM", SIGALRM},   {"SIGTERM", SIGTERM}, {"SIGCHLD", SIGCHLD},
    {"SIGCONT", SIGCONT}, {"SIGSTOP", SIGSTOP},   {"SIGTSTP", SIGTSTP}, {"SIGTTIN", SIGTTIN},
    {"SIGTTOU", SIGTTOU}, {"SIGWINCH", SIGWINCH},
};

}  // namespace

void make_signal_binding(Runtime& runtime, v8::Local<v8::Object> target) {
  v8::Isolate* isolate = runtime.isolate();
  v8::Local<v8::FunctionTemplate> made =
      make_handle_class(isolate, "Signal", construct_handle<SignalObject>);
  add_method<start>(isolate, made, "start");
  offer_class(runtime, target, "Signal", made);
  v8::Local<v8::Object> numbers = v8::Object::New(isolate);
  for (const auto& entry : kSignals)
    set_constant(isolate, numbers, entry.name, entry.number);
  set(isolate, target, "numbers", numbers);
}

}  // namespace violet::js

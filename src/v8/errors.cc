#include "v8/errors.h"

#include <uv.h>

#include "v8/values.h"

namespace violet::js {

v8::Local<v8::Value> make_error(v8::Isolate* isolate, int error, const char* syscall,
                                const std::string& path, const std::string& destination,
                                bool is_thrown) {
  std::string message =
      std::string(uv_err_name(error)) + ": " + uv_strerror(error) + ", " + syscall;
  if (!path.empty()) message += " '" + path + "'";
  if (!destination.empty()) message += " -> '" + destination + "'";
  v8::Local<v8::Object> made = v8::Exception::Error(text(isolate, message)).As<v8::Object>();
  set(isolate, made, "errno", v8::Integer::New(isolate, error));
  // What is thrown at once tells the call before the code, as under Node.js.
  if (is_thrown) set(isolate, made, "syscall", text(isolate, syscall));
  set(isolate, made, "code", text(isolate, uv_err_name(error)));
  set(isolate, made, "syscall", text(isolate, syscall));
  if (!path.empty()) set(isolate, made, "path", text(isolate, path));
  if (!destination.empty()) set(isolate, made, "dest", text(isolate, destination));
  return made;
}

void throw_error(v8::Isolate* isolate, int error, const char* syscall, const std::string& path,
                 const std::string& destination) {
  isolate->ThrowException(make_error(isolate, error, syscall, path, destination, true));
}

void throw_type_error(v8::Isolate* isolate, const char* message) {
  isolate->ThrowException(v8::Exception::TypeError(text(isolate, message)));
}

void throw_with_code(v8::Isolate* isolate, v8::Local<v8::Value> error, const char* code) {
  set(isolate, error.As<v8::Object>(), "code", text(isolate, code));
  isolate->ThrowException(error);
}

std::string describe_place(v8::Isolate* isolate, v8::Local<v8::Message> message) {
  if (message.IsEmpty()) return {};
  v8::Local<v8::Context> context = isolate->GetCurrentContext();
  v8::Local<v8::Value> file = message->GetScriptResourceName();
  std::string described = (file->IsString() ? to_string(isolate, file) : "undefined") + ":" +
                          std::to_string(message->GetLineNumber(context).FromMaybe(0)) + "\n";
  v8::Local<v8::String> line;
  if (message->GetSourceLine(context).ToLocal(&line)) {
    const int start = message->GetStartColumn(context).FromMaybe(0);
    const int end = message->GetEndColumn(context).FromMaybe(start + 1);
    described += to_string(isolate, line) + "\n" +
                 std::string(static_cast<std::size_t>(start), ' ') +
                 std::string(static_cast<std::size_t>(end > start ? end - start : 1), '^') + "\n";
  }
  return described + "\n";
}

std::string describe_uncaught(v8::Isolate* isolate, v8::Local<v8::Value> error,
                              v8::Local<v8::Message> message) {
  v8::Local<v8::Context> context = isolate->GetCurrentContext();
  const std::string place = describe_place(isolate, message);
  v8::Local<v8::Value> stack;
  if (error->IsObject() &&
      error.As<v8::Object>()->Get(context, name(isolate, "stack")).ToLocal(&stack) &&
      stack->IsString()) {
    return place + to_string(isolate, stack) + "\n";
  }
  return place + "Uncaught " + to_string(isolate, error) + "\n";
}

}  // namespace violet::js

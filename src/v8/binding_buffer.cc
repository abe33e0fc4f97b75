// What Buffer has to do fast: text to bytes and back.
#include "v8/binding.h"

namespace violet::js {
namespace {

// utf8Decode(view, start, end): malformed bytes become U+FFFD.
void utf8_decode(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  const Bytes bytes = bytes_of(arguments[0]);
  const std::size_t start = static_cast<std::size_t>(to_integer(isolate, arguments[1]));
  const std::size_t end = static_cast<std::size_t>(to_integer(isolate, arguments[2]));
  if (start >= end || end > bytes.size) return arguments.GetReturnValue().SetEmptyString();
  arguments.GetReturnValue().Set(text(isolate, {bytes.data + start, end - start}));
}

// utf8Encode(string): a new Uint8Array; lone surrogates become U+FFFD.
void utf8_encode(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  v8::Local<v8::String> value = arguments[0].As<v8::String>();
  const std::size_t size = static_cast<std::size_t>(value->Utf8Length(isolate));
  v8::Local<v8::ArrayBuffer> bytes = v8::ArrayBuffer::New(isolate, size);
  value->WriteUtf8(isolate, static_cast<char*>(bytes->Data()), static_cast<int>(size), nullptr,
                   v8::String::NO_NULL_TERMINATION | v8::String::REPLACE_INVALID_UTF8);
  arguments.GetReturnValue().Set(v8::Uint8Array::New(bytes, 0, size));
}

void utf8_length(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  arguments.GetReturnValue().Set(arguments[0].As<v8::String>()->Utf8Length(isolate));
}

// latin1Decode(view, start, end)
void latin1_decode(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  const Bytes bytes = bytes_of(arguments[0]);
  const std::size_t start = static_cast<std::size_t>(to_integer(isolate, arguments[1]));
  const std::size_t end = static_cast<std::size_t>(to_integer(isolate, arguments[2]));
  if (start >= end || end > bytes.size) return arguments.GetReturnValue().SetEmptyString();
  arguments.GetReturnValue().Set(
      v8::String::NewFromOneByte(isolate, reinterpret_cast<std::uint8_t*>(bytes.data + start),
                                 v8::NewStringType::kNormal, static_cast<int>(end - start))
          .ToLocalChecked());
}

}  // namespace

void make_buffer_binding(Runtime& runtime, v8::Local<v8::Object> target) {
  v8::Isolate* isolate = runtime.isolate();
  set_function(isolate, target, "utf8Decode", utf8_decode);
  set_function(isolate, target, "utf8Encode", utf8_encode);
  set_function(isolate, target, "utf8Length", utf8_length);
  set_function(isolate, target, "latin1Decode", latin1_decode);
}

}  // namespace violet::js

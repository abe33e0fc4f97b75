// Between JavaScript's values and ours, and the one way in which a binding offers its functions.
#pragma once

#include <v8.h>

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace violet::js {

using Arguments = v8::FunctionCallbackInfo<v8::Value>;

inline v8::Local<v8::String> text(v8::Isolate* isolate, std::string_view value) {
  return v8::String::NewFromUtf8(isolate, value.data(), v8::NewStringType::kNormal,
                                 static_cast<int>(value.size()))
      .ToLocalChecked();
}

// For names of properties and functions, which occur again and again.
inline v8::Local<v8::String> name(v8::Isolate* isolate, std::string_view value) {
  return v8::String::NewFromUtf8(isolate, value.data(), v8::NewStringType::kInternalized,
                                 static_cast<int>(value.size()))
      .ToLocalChecked();
}

inline v8::Local<v8::Number> number(v8::Isolate* isolate, double value) {
  return v8::Number::New(isolate, value);
}

inline std::string to_string(v8::Isolate* isolate, v8::Local<v8::Value> value) {
  v8::String::Utf8Value utf8(isolate, value);
  return *utf8 == nullptr ? std::string()
                          : std::string(*utf8, static_cast<std::size_t>(utf8.length()));
}

inline std::int64_t to_integer(v8::Isolate* isolate, v8::Local<v8::Value> value,
                               std::int64_t otherwise = 0) {
  return value->IntegerValue(isolate->GetCurrentContext()).FromMaybe(otherwise);
}

inline int to_int(v8::Isolate* isolate, v8::Local<v8::Value> value, int otherwise = 0) {
  return value->Int32Value(isolate->GetCurrentContext()).FromMaybe(otherwise);
}

inline double to_double(v8::Isolate* isolate, v8::Local<v8::Value> value) {
  return value->NumberValue(isolate->GetCurrentContext()).FromMaybe(0);
}

inline void set(v8::Isolate* isolate, v8::Local<v8::Object> object, std::string_view key,
                v8::Local<v8::Value> value) {
  object->Set(isolate->GetCurrentContext(), name(isolate, key), value).Check();
}

// `object.key = function`.
inline void set_function(v8::Isolate* isolate, v8::Local<v8::Object> object, std::string_view key,
                         v8::FunctionCallback callback) {
  v8::Local<v8::Function> function =
      v8::Function::New(isolate->GetCurrentContext(), callback, v8::Local<v8::Value>(), 0,
                        v8::ConstructorBehavior::kThrow)
          .ToLocalChecked();
  function->SetName(name(isolate, key));
  set(isolate, object, key, function);
}

inline void set_constant(v8::Isolate* isolate, v8::Local<v8::Object> object, std::string_view key,
                         double value) {
  set(isolate, object, key, number(isolate, value));
}

// The memory of a Uint8Array or other view; empty for anything else.
struct Bytes {
  char* data = nullptr;
  std::size_t size = 0;
};

inline Bytes bytes_of(v8::Local<v8::Value> value) {
  if (!value->IsArrayBufferView()) return {};
  v8::Local<v8::ArrayBufferView> view = value.As<v8::ArrayBufferView>();
  char* start = static_cast<char*>(view->Buffer()->Data());
  if (start == nullptr) return {};
  return {start + view->ByteOffset(), view->ByteLength()};
}

// Those bytes in memory of ours, for work on another thread.
inline std::string copy_of(v8::Local<v8::Value> value) {
  const Bytes bytes = bytes_of(value);
  return {bytes.data, bytes.size};
}

// Empty for what is no array.
inline std::vector<std::string> strings_of(v8::Isolate* isolate, v8::Local<v8::Value> list) {
  std::vector<std::string> strings;
  if (!list->IsArray()) return strings;
  v8::Local<v8::Array> array = list.As<v8::Array>();
  for (std::uint32_t i = 0; i < array->Length(); ++i)
    strings.push_back(
        to_string(isolate, array->Get(isolate->GetCurrentContext(), i).ToLocalChecked()));
  return strings;
}

// A new Uint8Array of its own memory.
inline v8::Local<v8::Uint8Array> copy_bytes(v8::Isolate* isolate, const char* data,
                                            std::size_t size) {
  v8::Local<v8::ArrayBuffer> buffer = v8::ArrayBuffer::New(isolate, size);
  if (size > 0) std::memcpy(buffer->Data(), data, size);
  return v8::Uint8Array::New(buffer, 0, size);
}

inline v8::Local<v8::Uint8Array> copy_bytes(v8::Isolate* isolate, std::string_view bytes) {
  return copy_bytes(isolate, bytes.data(), bytes.size());
}

}  // namespace violet::js

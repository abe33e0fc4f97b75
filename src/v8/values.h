// Between JavaScript's values and ours, and the one way in which a binding offers its functions.
#pragma once

#include <v8.h>

#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
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

// A function that C++ offers.
struct Method {
  const char* name;
  v8::FunctionCallback function;
};

template <std::size_t Size>
void set_functions(v8::Isolate* isolate, v8::Local<v8::Object> object,
                   const Method (&functions)[Size]) {
  for (const Method& one : functions)
    set_function(isolate, object, one.name, one.function);
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

// What the function that is being called gives back.
template <typename Value>
void answer(const Arguments& arguments, Value value) {
  if constexpr (std::is_convertible_v<Value, std::string_view>)
    arguments.GetReturnValue().Set(text(arguments.GetIsolate(), value));
  else if constexpr (std::is_integral_v<Value> && sizeof(Value) > sizeof(int))
    arguments.GetReturnValue().Set(static_cast<double>(value));
  else
    arguments.GetReturnValue().Set(value);
}

inline std::string text_at(const Arguments& arguments, int index) {
  return to_string(arguments.GetIsolate(), arguments[index]);
}
inline int int_at(const Arguments& arguments, int index) {
  return to_int(arguments.GetIsolate(), arguments[index]);
}
inline std::int64_t integer_at(const Arguments& arguments, int index) {
  return to_integer(arguments.GetIsolate(), arguments[index]);
}

// An argument of the type that a function of the loop wants; a text is kept until the call is over.
template <typename Wanted>
auto argument_at(const Arguments& arguments, int index) {
  if constexpr (std::is_same_v<Wanted, const char*>)
    return text_at(arguments, index);
  else if constexpr (std::is_floating_point_v<Wanted>)
    return to_double(arguments.GetIsolate(), arguments[index]);
  else
    return static_cast<Wanted>(integer_at(arguments, index));
}
inline const char* passed(const std::string& kept) {
  return kept.c_str();
}
template <typename Number>
Number passed(Number value) {
  return value;
}

// A function of JavaScript out of one that takes and gives plain values.
template <auto Function>
struct PlainCall;
template <typename Result, typename... Values, bool is_noexcept,
          Result (*Function)(Values...) noexcept(is_noexcept)>
struct PlainCall<Function> {
  template <std::size_t... Index>
  static Result call_with(const Arguments& arguments, std::index_sequence<Index...>) {
    return Function(passed(argument_at<Values>(arguments, Index))...);
  }
  static void call(const Arguments& arguments) {
    answer(arguments, call_with(arguments, std::index_sequence_for<Values...>()));
  }
};
template <auto Function>
constexpr v8::FunctionCallback kCallbackOf = PlainCall<Function>::call;

inline v8::Local<v8::Array> list_of(v8::Isolate* isolate,
                                    std::initializer_list<v8::Local<v8::Value>> values) {
  return v8::Array::New(isolate, const_cast<v8::Local<v8::Value>*>(values.begin()), values.size());
}
inline v8::Local<v8::Array> list_of(v8::Isolate* isolate,
                                    const std::vector<v8::Local<v8::Value>>& values) {
  return v8::Array::New(isolate, const_cast<v8::Local<v8::Value>*>(values.data()), values.size());
}
template <typename... Numbers>
v8::Local<v8::Array> numbers_of(v8::Isolate* isolate, Numbers... values) {
  return list_of(isolate, {number(isolate, static_cast<double>(values))...});
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

// Memory of ours that JavaScript reads and writes too.
template <typename Value, std::size_t Size>
v8::Local<v8::ArrayBuffer> memory_of(v8::Isolate* isolate, Value (&values)[Size]) {
  return v8::ArrayBuffer::New(
      isolate, v8::ArrayBuffer::NewBackingStore(
                   values, sizeof(values), [](void*, std::size_t, void*) {}, nullptr));
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

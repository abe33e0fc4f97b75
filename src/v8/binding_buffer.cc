// What Buffer has to do fast: text to bytes and back.
#include "v8/binding.h"

namespace violet::js {
namespace {

v8::Local<v8::String> latin1_text(v8::Isolate* isolate, std::string_view bytes) {
  return v8::String::NewFromOneByte(isolate, reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                    v8::NewStringType::kNormal, static_cast<int>(bytes.size()))
      .ToLocalChecked();
}

// decode(view, start, end): in UTF-8, malformed bytes become U+FFFD.
template <v8::Local<v8::String> (*Decode)(v8::Isolate*, std::string_view)>
void decode(const Arguments& arguments) {
  const Bytes bytes = bytes_of(arguments[0]);
  const std::size_t start = argument_at<std::size_t>(arguments, 1);
  const std::size_t end = argument_at<std::size_t>(arguments, 2);
  if (start >= end || end > bytes.size) return arguments.GetReturnValue().SetEmptyString();
  answer(arguments, Decode(arguments.GetIsolate(), {bytes.data + start, end - start}));
}

// utf8Encode(string): a new Uint8Array; lone surrogates become U+FFFD.
void utf8_encode(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  v8::Local<v8::String> value = arguments[0].As<v8::String>();
  const std::size_t size = static_cast<std::size_t>(value->Utf8Length(isolate));
  v8::Local<v8::ArrayBuffer> bytes = v8::ArrayBuffer::New(isolate, size);
  value->WriteUtf8(isolate, static_cast<char*>(bytes->Data()), static_cast<int>(size), nullptr,
                   v8::String::NO_NULL_TERMINATION | v8::String::REPLACE_INVALID_UTF8);
  answer(arguments, v8::Uint8Array::New(bytes, 0, size));
}

void utf8_length(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  answer(arguments, arguments[0].As<v8::String>()->Utf8Length(isolate));
}

constexpr Method kFunctions[] = {{"utf8Decode", decode<text>},
                                 {"utf8Encode", utf8_encode},
                                 {"utf8Length", utf8_length},
                                 {"latin1Decode", decode<latin1_text>}};

}  // namespace

void make_buffer_binding(Runtime& runtime, v8::Local<v8::Object> target) {
  v8::Isolate* isolate = runtime.isolate();
  set_functions(isolate, target, kFunctions);
}

}  // namespace violet::js

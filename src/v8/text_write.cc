// Text to a stream: a head, a body and a tail in one write, without an object for their bytes. HTTP
// messages go out this way.
#include <vector>

#include "v8/stream_object.h"

namespace violet::js {
namespace {

// One for each thread: its content is with the kernel, or copied, before the next write.
std::vector<char>& scratch() {
  thread_local std::vector<char> memory;
  return memory;
}

// Header lines: each character is a byte.
void append_latin1(v8::Isolate* isolate, v8::Local<v8::Value> value, std::vector<char>& out) {
  if (!value->IsString()) return;
  v8::Local<v8::String> string = value.As<v8::String>();
  const std::size_t start = out.size();
  out.resize(start + static_cast<std::size_t>(string->Length()));
  string->WriteOneByte(isolate, reinterpret_cast<std::uint8_t*>(out.data() + start), 0,
                       string->Length(), v8::String::NO_NULL_TERMINATION);
}

// A string in UTF-8, or a view's bytes.
void append_body(v8::Isolate* isolate, v8::Local<v8::Value> value, std::vector<char>& out) {
  if (!value->IsString()) {
    const Bytes bytes = bytes_of(value);
    out.insert(out.end(), bytes.data, bytes.data + bytes.size);
    return;
  }
  v8::Local<v8::String> string = value.As<v8::String>();
  const std::size_t start = out.size();
  const std::size_t size = static_cast<std::size_t>(string->Utf8Length(isolate));
  out.resize(start + size);
  string->WriteUtf8(isolate, out.data() + start, static_cast<int>(size), nullptr,
                    v8::String::NO_NULL_TERMINATION | v8::String::REPLACE_INVALID_UTF8);
}

struct TextWrite final : RequestObject<uv_write_t> {
  using RequestObject::RequestObject;

  std::vector<char> rest;  // what the kernel did not take at once
};

}  // namespace

// 0 when all is written, 1 when request.oncomplete will tell, or a negative error.
void write_text(StreamObject& self, const Arguments& arguments) {
  v8::Isolate* isolate = self.isolate();
  std::vector<char>& text = scratch();
  text.clear();
  append_latin1(isolate, arguments[1], text);
  append_body(isolate, arguments[2], text);
  append_latin1(isolate, arguments[3], text);
  uv_buf_t buffer = uv_buf_init(text.data(), static_cast<unsigned int>(text.size()));
  const int written = uv_try_write(self.stream(), &buffer, 1);
  if (written < 0 && written != UV_EAGAIN) return answer(arguments, written);
  const std::size_t done = written < 0 ? 0 : static_cast<std::size_t>(written);
  if (done == text.size()) return answer(arguments, 0);
  auto* request = new TextWrite(self.runtime(), arguments[0].As<v8::Object>());
  request->rest.assign(text.begin() + static_cast<std::ptrdiff_t>(done), text.end());
  buffer = uv_buf_init(request->rest.data(), static_cast<unsigned int>(request->rest.size()));
  const int error =
      uv_write(&request->request, self.stream(), &buffer, 1, complete_with_status<uv_write_t>);
  if (error != 0) delete request;
  answer(arguments, error != 0 ? error : 1);
}

}  // namespace violet::js

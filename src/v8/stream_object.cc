#include "v8/stream_object.h"

#include <vector>

namespace violet::js {
namespace {

void on_read(uv_stream_t* stream, ssize_t count, const uv_buf_t* buffer) {
  if (count == 0) return;
  auto& self = object_of<StreamObject>(stream);
  if (self.consumer != nullptr) return self.consumer->on_read(count, *buffer);
  CallbackScope scope(self.runtime(), self.frame());
  self.tell_read(scope, count, buffer->base);
}

void on_connection(uv_stream_t* server, int status) {
  auto& self = object_of<StreamObject>(server);
  CallbackScope scope(self.runtime(), self.frame());
  v8::Local<v8::Value> arguments[] = {v8::Integer::New(self.isolate(), status)};
  scope.call_method(self.object(), "onconnection", 1, arguments);
}

std::vector<uv_buf_t> buffers_of(v8::Isolate* isolate, v8::Local<v8::Array> chunks) {
  std::vector<uv_buf_t> buffers;
  for (std::uint32_t i = 0; i < chunks->Length(); ++i) {
    const Bytes bytes = bytes_of(chunks->Get(isolate->GetCurrentContext(), i).ToLocalChecked());
    buffers.push_back(uv_buf_init(bytes.data, static_cast<unsigned int>(bytes.size)));
  }
  return buffers;
}

// What the kernel did not take.
void skip(std::vector<uv_buf_t>& buffers, std::size_t written) {
  std::size_t done = 0;
  while (done < buffers.size() && written >= buffers[done].len)
    written -= buffers[done++].len;
  buffers.erase(buffers.begin(), buffers.begin() + static_cast<std::ptrdiff_t>(done));
  if (buffers.empty() || written == 0) return;
  buffers[0].base += written;
  buffers[0].len -= written;
}

// write(request, chunks, handleToSend): 0 when all is written, 1 when request.oncomplete will tell,
// or a negative error.
void write(StreamObject& self, const Arguments& arguments) {
  std::vector<uv_buf_t> buffers = buffers_of(self.isolate(), arguments[1].As<v8::Array>());
  uv_stream_t* sent = arguments[2]->IsObject() ? StreamObject::at(arguments[2])->stream() : nullptr;
  if (sent == nullptr) {
    const int written =
        uv_try_write(self.stream(), buffers.data(), static_cast<unsigned int>(buffers.size()));
    if (written >= 0) skip(buffers, static_cast<std::size_t>(written));
    if (buffers.empty()) return answer(arguments, 0);
    if (written < 0 && written != UV_EAGAIN) return answer(arguments, written);
  }
  const auto start = [&](uv_write_t* request) {
    return uv_write2(request, self.stream(), buffers.data(),
                     static_cast<unsigned int>(buffers.size()), sent,
                     complete_with_status<uv_write_t>);
  };
  const int error = start_request<uv_write_t>(self.runtime(), arguments[0], start, arguments[1]);
  answer(arguments, error != 0 ? error : 1);
}

void shut_down(StreamObject& self, const Arguments& arguments) {
  const auto start = [&](uv_shutdown_t* request) {
    return uv_shutdown(request, self.stream(), complete_with_status<uv_shutdown_t>);
  };
  answer(arguments, start_request<uv_shutdown_t>(self.runtime(), arguments[0], start));
}

void read_start(StreamObject& self, const Arguments& arguments) {
  answer(arguments, uv_read_start(self.stream(), lend_memory, on_read));
}

void listen(StreamObject& self, const Arguments& arguments) {
  const int backlog = int_at(arguments, 0);
  answer(arguments, uv_listen(self.stream(), backlog, on_connection));
}

// accept(client): into a new handle object.
void accept(StreamObject& self, const Arguments& arguments) {
  answer(arguments, uv_accept(self.stream(), StreamObject::at(arguments[0])->stream()));
}

void fileno(StreamObject& self, const Arguments& arguments) {
  uv_os_fd_t descriptor = -1;
  if (uv_fileno(self.handle(), &descriptor) == 0) answer(arguments, descriptor);
}

}  // namespace

void StreamObject::tell_read(CallbackScope& scope, ssize_t count, const char* bytes) {
  v8::Local<v8::Value> arguments[] = {number(isolate(), static_cast<double>(count)),
                                      v8::Undefined(isolate())};
  if (count > 0) arguments[1] = copy_bytes(isolate(), bytes, static_cast<std::size_t>(count));
  scope.call_method(object(), "onread", 2, arguments);
}

void on_connected(uv_connect_t* request, int status) {
  complete_with_status(request, status);
}

void StreamObject::add_methods(v8::Isolate* isolate, v8::Local<v8::FunctionTemplate> made) {
  add_method<write>(isolate, made, "write");
  add_method<write_text>(isolate, made, "writeText");
  add_method<shut_down>(isolate, made, "shutdown");
  add_method<read_start>(isolate, made, "readStart");
  add_call<uv_read_stop>(isolate, made, "readStop");
  add_method<listen>(isolate, made, "listen");
  add_method<accept>(isolate, made, "accept");
  add_call<uv_stream_get_write_queue_size>(isolate, made, "writeQueueSize");
  add_method<fileno>(isolate, made, "fileno");
}

}  // namespace violet::js

#include "v8/stream_object.h"

#include <vector>

namespace violet::js {
namespace {

// One for each thread: what is read is copied into memory of its own size before the next read.
void allocate(uv_handle_t*, std::size_t, uv_buf_t* buffer) {
  constexpr std::size_t kSize = std::size_t{64} * 1024;
  thread_local std::vector<char> memory(kSize);
  *buffer = uv_buf_init(memory.data(), kSize);
}

void on_read(uv_stream_t* stream, ssize_t count, const uv_buf_t* buffer) {
  if (count == 0) return;
  StreamObject& self = *static_cast<StreamObject*>(stream->data);
  if (self.consumer != nullptr) return self.consumer->on_read(count, *buffer);
  CallbackScope scope(self.runtime(), self.frame());
  self.tell_read(scope, count, buffer->base);
}

void on_connection(uv_stream_t* server, int status) {
  StreamObject& self = *static_cast<StreamObject*>(server->data);
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
    if (buffers.empty()) return arguments.GetReturnValue().Set(0);
    if (written < 0 && written != UV_EAGAIN) return arguments.GetReturnValue().Set(written);
  }
  auto* request = new RequestObject<uv_write_t>(self.runtime(), arguments[0].As<v8::Object>());
  request->kept.Reset(self.isolate(), arguments[1]);
  const int error =
      uv_write2(&request->request, self.stream(), buffers.data(),
                static_cast<unsigned int>(buffers.size()), sent, complete_with_status<uv_write_t>);
  if (error != 0) delete request;
  arguments.GetReturnValue().Set(error != 0 ? error : 1);
}

void shut_down(StreamObject& self, const Arguments& arguments) {
  auto* request = new RequestObject<uv_shutdown_t>(self.runtime(), arguments[0].As<v8::Object>());
  const int error =
      uv_shutdown(&request->request, self.stream(), complete_with_status<uv_shutdown_t>);
  if (error != 0) delete request;
  arguments.GetReturnValue().Set(error);
}

void read_start(StreamObject& self, const Arguments& arguments) {
  arguments.GetReturnValue().Set(uv_read_start(self.stream(), allocate, on_read));
}

void read_stop(StreamObject& self, const Arguments& arguments) {
  arguments.GetReturnValue().Set(uv_read_stop(self.stream()));
}

void listen(StreamObject& self, const Arguments& arguments) {
  const int backlog = to_int(self.isolate(), arguments[0]);
  arguments.GetReturnValue().Set(uv_listen(self.stream(), backlog, on_connection));
}

// accept(client): into a new handle object.
void accept(StreamObject& self, const Arguments& arguments) {
  arguments.GetReturnValue().Set(
      uv_accept(self.stream(), StreamObject::at(arguments[0])->stream()));
}

void write_queue_size(StreamObject& self, const Arguments& arguments) {
  arguments.GetReturnValue().Set(
      static_cast<double>(uv_stream_get_write_queue_size(self.stream())));
}

void fileno(StreamObject& self, const Arguments& arguments) {
  uv_os_fd_t descriptor = -1;
  if (uv_fileno(self.handle(), &descriptor) == 0) arguments.GetReturnValue().Set(descriptor);
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
  add_method<read_stop>(isolate, made, "readStop");
  add_method<listen>(isolate, made, "listen");
  add_method<accept>(isolate, made, "accept");
  add_method<write_queue_size>(isolate, made, "writeQueueSize");
  add_method<fileno>(isolate, made, "fileno");
}

}  // namespace violet::js

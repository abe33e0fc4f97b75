// A file operation, asked for by lib/fs.js in either way: without a request it is done at once and
// an error is thrown; with one, `request.oncomplete(error, value)` tells later.
#pragma once

#include "v8/handle_object.h"

namespace violet::js {

// What a message of an error says of the operation.
struct FsCall {
  const char* syscall;
  std::string path;
  std::string destination;
};

// What JavaScript gets of a finished operation.
v8::Local<v8::Value> fs_value(v8::Isolate* isolate, const uv_fs_t& request);

void fs_complete(uv_fs_t* request);

struct FsRequest {
  RequestObject<uv_fs_t> base;
  FsCall call;

  FsRequest(Runtime& runtime, v8::Local<v8::Object> object, FsCall what)
      : base(runtime, object), call(std::move(what)) {
    base.request.data = this;
  }
};

// `start(loop, request, callback)` is the call of uv_fs_NAME. `kept` is what must live until the
// end.
template <typename Start>
void run_fs(const Arguments& arguments, int request_at, const FsCall& call, Start start,
            v8::Local<v8::Value> kept = {}) {
  v8::Isolate* isolate = arguments.GetIsolate();
  Runtime& runtime = Runtime::of(isolate);
  if (arguments[request_at]->IsObject()) {
    auto* request = new FsRequest(runtime, arguments[request_at].As<v8::Object>(), call);
    if (!kept.IsEmpty()) request->base.kept.Reset(isolate, kept);
    const int error = start(runtime.loop(), &request->base.request, fs_complete);
    if (error == 0) return;
    delete request;
    return throw_error(isolate, error, call.syscall, call.path, call.destination);
  }
  uv_fs_t request;
  const int error = start(runtime.loop(), &request, nullptr);
  if (error < 0) {
    throw_error(isolate, error, call.syscall, call.path, call.destination);
  } else {
    arguments.GetReturnValue().Set(fs_value(isolate, request));
  }
  uv_fs_req_cleanup(&request);
}

}  // namespace violet::js

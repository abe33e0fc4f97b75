// A file operation, asked for by lib/fs.js in either way: without a request it is done at once and
// an error is thrown; with one, `request.oncomplete(error, value)` tells later.
#pragma once

#include "v8/handle_object.h"

namespace violet::js {

// What a message of an error says of the operation, besides the path that the request knows.
struct FsCall {
  const char* syscall;
  std::string destination;

  void note_destination(const std::string& path) { destination = path; }
  void note_destination(double) {}  // An operation on one path.
};

// What JavaScript gets of a finished operation.
v8::Local<v8::Value> fs_value(Runtime& runtime, const uv_fs_t& request);
v8::Local<v8::Value> fs_error(v8::Isolate* isolate, const FsCall& call, const uv_fs_t& request,
                              bool is_thrown = false);

void fs_complete(uv_fs_t* request);

struct FsRequest final : RequestObject<uv_fs_t> {
  FsCall call;

  FsRequest(Runtime& owner, v8::Local<v8::Object> object, FsCall what)
      : RequestObject(owner, object), call(std::move(what)) {}
};

// `start(loop, request, callback)` is the call of uv_fs_NAME. `kept` is what must live until the
// end.
template <typename Start>
void run_fs(const Arguments& arguments, int request_at, FsCall call, Start start,
            v8::Local<v8::Value> kept = {}) {
  v8::Isolate* isolate = arguments.GetIsolate();
  Runtime& runtime = Runtime::of(isolate);
  if (arguments[request_at]->IsObject()) {
    auto* request = new FsRequest(runtime, arguments[request_at].As<v8::Object>(), std::move(call));
    if (!kept.IsEmpty()) request->kept.Reset(isolate, kept);
    const int error = start(runtime.loop(), &request->request, fs_complete);
    if (error == 0) return;
    throw_error(isolate, error, request->call.syscall);
    delete request;
    return;
  }
  uv_fs_t request;
  if (start(runtime.loop(), &request, nullptr) < 0)
    isolate->ThrowException(fs_error(isolate, call, request, true));
  else
    answer(arguments, fs_value(runtime, request));
  uv_fs_req_cleanup(&request);
}

}  // namespace violet::js

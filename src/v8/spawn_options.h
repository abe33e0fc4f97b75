// What uv_spawn() is told, out of the arguments that lib/child_process.js passes.
#pragma once

#include <string>
#include <vector>

#include "v8/values.h"

#include <uv.h>

namespace violet::js {

// spawn(file, arguments, environment or undefined, directory or undefined, stdio, detached): all
// but stdio, which stands at `kStdioArgument`. What `options` points to lives here.
struct SpawnOptions {
  explicit SpawnOptions(const Arguments& arguments);
  SpawnOptions(const SpawnOptions&) = delete;
  SpawnOptions& operator=(const SpawnOptions&) = delete;

  // `list`: undefined (ignore), a number (inherit) or what becomes a pipe; `pipe_of(index, entry)`
  // is the stream that is our end of it.
  template <typename PipeOf>
  void open_stdio(v8::Local<v8::Value> list, PipeOf pipe_of) {
    v8::Local<v8::Array> entries = list.As<v8::Array>();
    v8::Isolate* isolate = entries->GetIsolate();
    for (std::uint32_t i = 0; i < entries->Length(); ++i) {
      v8::Local<v8::Value> entry = entries->Get(isolate->GetCurrentContext(), i).ToLocalChecked();
      uv_stdio_container_t& container = stdio_.emplace_back();
      container.flags = UV_IGNORE;
      if (entry->IsNumber()) {
        container.flags = UV_INHERIT_FD;
        container.data.fd = to_int(isolate, entry);
      } else if (!entry->IsUndefined()) {
        container.flags =
            static_cast<uv_stdio_flags>(UV_CREATE_PIPE | UV_READABLE_PIPE | UV_WRITABLE_PIPE);
        container.data.stream = pipe_of(i, entry);
      }
    }
    options.stdio = stdio_.data();
    options.stdio_count = static_cast<int>(stdio_.size());
  }

  uv_process_options_t options = {};

 private:
  std::string file_;
  std::string directory_;
  std::vector<std::string> words_;
  std::vector<std::string> variables_;
  std::vector<char*> word_pointers_;
  std::vector<char*> variable_pointers_;
  std::vector<uv_stdio_container_t> stdio_;
};

inline constexpr int kStdioArgument = 4;
inline constexpr int kSpawnArguments = 6;

}  // namespace violet::js

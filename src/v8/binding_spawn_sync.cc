// A child process that is waited for: on a loop of its own, which runs until the child has ended
// and its output is read. The program's loop stands still meanwhile.
#include <memory>

#include "v8/binding.h"
#include "v8/spawn_options.h"

namespace violet::js {
namespace {

struct Run;

// One of the child's descriptors that is a pipe to us.
struct Output {
  Run* run;
  uv_pipe_t pipe;
  uv_write_t write;
  std::vector<char> content;
};

struct Run {
  uv_loop_t loop;
  uv_process_t process;
  uv_timer_t timer;
  std::vector<std::unique_ptr<Output>> outputs;  // null for what is no pipe
  std::vector<char> memory;
  std::size_t most_output = 0;
  int kill_signal = 0;
  int error = 0;  // why we ended it
  std::int64_t status = 0;
  int signal = 0;
  bool has_ended = false;

  uv_stream_t* open_pipe(std::size_t index) {
    outputs[index] = std::make_unique<Output>();
    Output& output = *outputs[index];
    output.run = this;
    uv_pipe_init(&loop, &output.pipe, 0);
    output.pipe.data = &output;
    return reinterpret_cast<uv_stream_t*>(&output.pipe);
  }

  void end_early(int why) {
    if (error == 0) error = why;
    if (!has_ended) uv_process_kill(&process, kill_signal);
  }
};

template <typename Handle>
void close(Handle* handle) {
  auto* closing = reinterpret_cast<uv_handle_t*>(handle);
  if (!uv_is_closing(closing)) uv_close(closing, nullptr);
}

void allocate(uv_handle_t* handle, std::size_t, uv_buf_t* buffer) {
  std::vector<char>& memory = static_cast<Output*>(handle->data)->run->memory;
  *buffer = uv_buf_init(memory.data(), static_cast<unsigned int>(memory.size()));
}

// What is too much is cut off, and ends the child.
void on_read(uv_stream_t* stream, ssize_t count, const uv_buf_t* buffer) {
  Output& output = *static_cast<Output*>(stream->data);
  if (count < 0) return close(&output.pipe);
  const std::size_t room = output.run->most_output - output.content.size();
  const std::size_t size = std::min(room, static_cast<std::size_t>(count));
  output.content.insert(output.content.end(), buffer->base, buffer->base + size);
  if (size < static_cast<std::size_t>(count)) output.run->end_early(UV_ENOBUFS);
}

void on_exit(uv_process_t* process, std::int64_t status, int signal) {
  Run& run = *static_cast<Run*>(process->data);
  run.status = status;
  run.signal = signal;
  run.has_ended = true;
  close(process);
  close(&run.timer);
}

// The first pipe is the child's input; the others are read.
void start_streams(Run& run, const Bytes& input) {
  for (std::size_t i = 0; i < run.outputs.size(); ++i) {
    if (run.outputs[i] == nullptr) continue;
    Output& output = *run.outputs[i];
    auto* stream = reinterpret_cast<uv_stream_t*>(&output.pipe);
    if (i > 0) {
      uv_read_start(stream, allocate, on_read);
      continue;
    }
    const uv_buf_t buffer = uv_buf_init(input.data, static_cast<unsigned int>(input.size));
    const int error = uv_write(&output.write, stream, &buffer, 1,
                               [](uv_write_t* write, int) { close(write->handle); });
    if (error != 0) close(&output.pipe);
  }
}

// [pid or error, status, signal, why we ended it, [output or null, ...]]
v8::Local<v8::Value> result_of(v8::Isolate* isolate, const Run& run, int pid) {
  std::vector<v8::Local<v8::Value>> outputs;
  for (std::size_t i = 0; i < run.outputs.size(); ++i) {
    const Output* output = run.outputs[i].get();
    if (output == nullptr || i == 0) {
      outputs.push_back(v8::Null(isolate));
    } else {
      outputs.push_back(copy_bytes(isolate, output->content.data(), output->content.size()));
    }
  }
  return list_of(isolate, {number(isolate, pid), number(isolate, static_cast<double>(run.status)),
                           number(isolate, run.signal), number(isolate, run.error),
                           list_of(isolate, outputs)});
}

// spawnSync(... as spawn(), input, timeout in ms, most output, signal)
void spawn_sync(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  constexpr std::size_t kReadSize = 65536;
  Run run = {};
  if (const int error = uv_loop_init(&run.loop); error != 0) return answer(arguments, error);
  run.memory.resize(kReadSize);
  const double most = to_double(isolate, arguments[kSpawnArguments + 2]);
  run.most_output = most < 1e15 ? static_cast<std::size_t>(most) : SIZE_MAX / 2;
  run.kill_signal = to_int(isolate, arguments[kSpawnArguments + 3]);
  SpawnOptions spawned(arguments);
  run.outputs.resize(arguments[kStdioArgument].As<v8::Array>()->Length());
  spawned.open_stdio(arguments[kStdioArgument], [&](std::uint32_t index, v8::Local<v8::Value>) {
    return run.open_pipe(index);
  });
  spawned.options.exit_cb = on_exit;
  uv_timer_init(&run.loop, &run.timer);
  run.process.data = run.timer.data = &run;
  int pid = uv_spawn(&run.loop, &run.process, &spawned.options);
  if (pid == 0) {
    run.process.data = &run;
    pid = uv_process_get_pid(&run.process);
    start_streams(run, bytes_of(arguments[kSpawnArguments]));
    if (const std::int64_t timeout = to_integer(isolate, arguments[kSpawnArguments + 1]);
        timeout > 0) {
      auto end = [](uv_timer_t* timer) { static_cast<Run*>(timer->data)->end_early(UV_ETIMEDOUT); };
      uv_timer_start(&run.timer, end, static_cast<std::uint64_t>(timeout), 0);
    }
    uv_run(&run.loop, UV_RUN_DEFAULT);
  }
  uv_walk(
      &run.loop, [](uv_handle_t* handle, void*) { close(handle); }, nullptr);
  uv_run(&run.loop, UV_RUN_DEFAULT);
  uv_loop_close(&run.loop);
  answer(arguments, result_of(isolate, run, pid));
}

}  // namespace

void make_spawn_sync_binding(Runtime& runtime, v8::Local<v8::Object> target) {
  set_function(runtime.isolate(), target, "spawnSync", spawn_sync);
}

}  // namespace violet::js

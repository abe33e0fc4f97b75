// A child process and what became of it, and what comes from it through a pipe.
#pragma once

#include <gtest/gtest.h>
#include <uv.h>

#include <cstddef>
#include <cstdint>
#include <fstream>
#include <initializer_list>
#include <sstream>
#include <string>
#include <vector>

namespace conformance {

inline std::string contents(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

inline std::string own_path() {
  char path[1024];
  std::size_t size = sizeof(path);
  EXPECT_EQ(0, uv_exepath(path, &size));
  return path;
}
// With the separator at its end.
inline std::string own_folder() {
  const std::string path = own_path();
  return path.substr(0, path.find_last_of("/\\") + 1);
}
// A program beside this one.
inline std::string beside_us(const std::string& name) {
  const std::string path = own_path();
  const std::string suffix = ".exe";
  const bool has_suffix = path.size() > suffix.size() &&
                          path.compare(path.size() - suffix.size(), suffix.size(), suffix) == 0;
  return own_folder() + name + (has_suffix ? suffix : "");
}

// tests/support/told_child.c, which does what its arguments say. It ends with 7.
inline std::string told_child() {
  return beside_us("told_child");
}

struct Child {
  uv_process_t process = {};
  uv_process_options_t options = {};
  std::vector<std::string> arguments;
  std::vector<char*> pointers;
  uv_stdio_container_t stdio[8] = {};
  int exits = 0;
  std::int64_t status = -1;
  int signal = -1;

  Child(const Child&) = delete;
  explicit Child(std::initializer_list<std::string> command) : arguments(command) {
    for (std::string& argument : arguments)
      pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    options.file = pointers[0];
    options.args = pointers.data();
    options.exit_cb = on_exit;
    options.stdio = stdio;
    process.data = this;
  }

  // A pipe whose other end is ours; directions in `flags` are the child's.
  void pipe(int number, int flags, uv_stream_t* ours) {
    stdio[number].flags = static_cast<uv_stdio_flags>(UV_CREATE_PIPE | flags);
    stdio[number].data.stream = ours;
    if (options.stdio_count <= number) options.stdio_count = number + 1;
  }
  void give(int number, int descriptor) {
    stdio[number].flags = UV_INHERIT_FD;
    stdio[number].data.fd = descriptor;
    if (options.stdio_count <= number) options.stdio_count = number + 1;
  }

  int spawn(uv_loop_t& loop) { return uv_spawn(&loop, &process, &options); }

  static void on_exit(uv_process_t* process, std::int64_t status, int signal) {
    Child& child = *static_cast<Child*>(process->data);
    EXPECT_FALSE(uv_is_active(reinterpret_cast<uv_handle_t*>(process)));
    ++child.exits;
    child.status = status;
    child.signal = signal;
    child.close();
  }

  void close() { uv_close(reinterpret_cast<uv_handle_t*>(&process), nullptr); }
  bool active() { return uv_is_active(reinterpret_cast<uv_handle_t*>(&process)) != 0; }
};

// Everything that comes through a pipe, until its end.
struct Collector {
  uv_pipe_t pipe = {};
  std::string text;
  bool ended = false;

  explicit Collector(uv_loop_t& loop) {
    EXPECT_EQ(0, uv_pipe_init(&loop, &pipe, 0));
    pipe.data = this;
  }
  uv_stream_t* stream() { return reinterpret_cast<uv_stream_t*>(&pipe); }
  void start() {
    auto allocate = [](uv_handle_t*, std::size_t, uv_buf_t* buffer) {
      static char memory[65536];
      *buffer = uv_buf_init(memory, sizeof(memory));
    };
    auto collect = [](uv_stream_t* stream, ssize_t size, const uv_buf_t* buffer) {
      Collector& self = *static_cast<Collector*>(stream->data);
      if (size > 0) self.text.append(buffer->base, static_cast<std::size_t>(size));
      if (size >= 0) return;
      EXPECT_EQ(UV_EOF, size);
      self.ended = true;
      uv_close(reinterpret_cast<uv_handle_t*>(stream), nullptr);
    };
    EXPECT_EQ(0, uv_read_start(stream(), allocate, collect));
  }
};

}  // namespace conformance

// What the tests of child processes share: a child and what became of it.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <uv.h>

#include <cerrno>
#include <cstdlib>
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

class ProgramDirectory {
 public:
  ProgramDirectory() {
    char name[256];
    size_t size = sizeof(name);
    EXPECT_EQ(0, uv_os_tmpdir(name, &size));
    path_ = std::string(name) + "/violet-process-XXXXXX";
    EXPECT_NE(nullptr, mkdtemp(path_.data()));
  }
  ~ProgramDirectory() { EXPECT_EQ(0, std::system(("rm -r " + path_).c_str())); }
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }
  const std::string& path() const { return path_; }

  void write_program(const std::string& name, const std::string& text, mode_t mode = 0755) const {
    std::ofstream(*this / name) << text;
    EXPECT_EQ(0, chmod((*this / name).c_str(), mode));
  }

 private:
  std::string path_;
};

// A child and what became of it.
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

class ProcessTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(0, uv_loop_init(&loop));
    output = directory / "output";
  }
  void TearDown() override { EXPECT_EQ(0, uv_loop_close(&loop)); }

  void run() { EXPECT_EQ(0, uv_run(&loop, UV_RUN_DEFAULT)); }

  // The status of a shell script whose output goes to `output`.
  int run_script(Child& child) {
    int file = open(output.c_str(), O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0600);
    if (child.options.stdio_count == 0) child.give(0, 0);
    child.give(1, file);
    int error = child.spawn(loop);
    EXPECT_EQ(0, error);
    close(file);
    if (error != 0) child.close();
    run();
    EXPECT_EQ(error == 0 ? 1 : 0, child.exits);
    return static_cast<int>(child.status);
  }

  void expect_failure(Child& child, int error) {
    EXPECT_EQ(error, child.spawn(loop));
    EXPECT_FALSE(child.active());
    child.close();
    run();
    EXPECT_EQ(0, child.exits);
    EXPECT_EQ(-1, waitpid(-1, nullptr, WNOHANG)) << "no zombie";
    EXPECT_EQ(ECHILD, errno);
  }

  uv_loop_t loop;
  ProgramDirectory directory;
  std::string output;
};

}  // namespace conformance

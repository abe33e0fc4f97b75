// What the tests of child processes share on Windows. What they start is
// tests/support/told_child.c.
#pragma once

#include <fcntl.h>
#include <io.h>

#include <csignal>
#include <string>

#include "fs_support.h"
#include "process_child.h"

namespace conformance {

// A program beside this one.
inline std::string beside_us(const std::string& name) {
  char path[1024];
  std::size_t size = sizeof(path);
  EXPECT_EQ(0, uv_exepath(path, &size));
  const std::string program = path;
  return program.substr(0, program.find_last_of('\\') + 1) + name;
}
inline void write_file(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

inline std::string told_child() {
  return beside_us("told_child.exe");
}

class ProcessTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(0, uv_loop_init(&loop));
    output = directory / "output";
  }
  void TearDown() override { EXPECT_EQ(0, uv_loop_close(&loop)); }

  void run() { EXPECT_EQ(0, uv_run(&loop, UV_RUN_DEFAULT)); }

  // What the child writes to its output.
  std::string told_by(Child& child) {
    const int file =
        ::open(output.c_str(), _O_CREAT | _O_WRONLY | _O_TRUNC | _O_NOINHERIT | _O_BINARY, 0600);
    EXPECT_GE(file, 0);
    child.give(1, file);
    const int error = child.spawn(loop);
    EXPECT_EQ(0, error);
    ::_close(file);
    if (error != 0) child.close();
    run();
    EXPECT_EQ(error == 0 ? 1 : 0, child.exits);
    return contents(output);
  }

  void expect_failure(Child& child, int error) {
    EXPECT_EQ(error, child.spawn(loop));
    EXPECT_FALSE(child.active());
    child.close();
    run();
    EXPECT_EQ(0, child.exits);
  }

  uv_loop_t loop;
  TemporaryDirectory directory;
  std::string output;
};

}  // namespace conformance

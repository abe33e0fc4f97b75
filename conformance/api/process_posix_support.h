// What the tests of child processes share on POSIX systems.
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
#include <string>

#include "process_child.h"

namespace conformance {

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

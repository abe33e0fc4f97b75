// What the tests of child processes share. Most of what they start is tests/support/told_child.c.
#pragma once

#include "system.h"  // First: on Windows it has other names for POSIX calls, and so for members.

#include <string>

#include "fs_support.h"
#include "process_child.h"

namespace conformance {

inline void write_file(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

class ProcessTest : public testing::Test {
 public:
  void run() { EXPECT_EQ(0, uv_run(&loop, UV_RUN_DEFAULT)); }

  // Runs the child with its output in the file `output`.
  void run_with_output(Child& child) {
    uv_fs_t request;
    const int flags = UV_FS_O_CREAT | UV_FS_O_WRONLY | UV_FS_O_TRUNC;
    const uv_file file = uv_fs_open(nullptr, &request, output.c_str(), flags, 0600, nullptr);
    EXPECT_GE(file, 0);
    child.give(1, file);
    const int error = child.spawn(loop);
    EXPECT_EQ(0, error);
    uv_fs_close(nullptr, &request, file, nullptr);
    if (error != 0) child.close();
    run();
    EXPECT_EQ(error == 0 ? 1 : 0, child.exits);
  }
  std::string told_by(Child& child) {
    run_with_output(child);
    return contents(output);
  }

  void expect_failure(Child& child, int error) {
    EXPECT_EQ(error, child.spawn(loop));
    EXPECT_FALSE(child.active());
    child.close();
    run();
    EXPECT_EQ(0, child.exits);
    EXPECT_FALSE(test_support::has_children()) << "no zombie";
  }

  // Of a child that copies from one pipe to another.
  void expect_copy(Child& child, Collector& input, Collector& output_pipe) {
    output_pipe.start();
    std::string text(1 << 20, 'v');
    uv_buf_t buffer = uv_buf_init(text.data(), static_cast<unsigned>(text.size()));
    uv_write_t write;
    ASSERT_EQ(0, uv_write(&write, input.stream(), &buffer, 1, [](uv_write_t* request, int status) {
                EXPECT_EQ(0, status);
                uv_close(reinterpret_cast<uv_handle_t*>(request->handle), nullptr);
              }));
    run();
    EXPECT_TRUE(output_pipe.ended);
    EXPECT_EQ(text, output_pipe.text);
    EXPECT_EQ(0, child.status);
  }

  uv_loop_t loop;
  TemporaryDirectory directory;
  std::string output;

 protected:
  void SetUp() override {
    ASSERT_EQ(0, uv_loop_init(&loop));
    output = directory / "output";
  }
  void TearDown() override { EXPECT_EQ(0, uv_loop_close(&loop)); }
};

}  // namespace conformance

// What children are given as descriptors: files, pipes, streams.
#include <csignal>

#include "process_support.h"
#include "support.h"

namespace conformance {
namespace {

uv_file open_for_reading(const std::string& path) {
  uv_fs_t request;
  return uv_fs_open(nullptr, &request, path.c_str(), UV_FS_O_RDONLY, 0, nullptr);
}

void close_file(uv_file file) {
  uv_fs_t request;
  EXPECT_EQ(0, uv_fs_close(nullptr, &request, file, nullptr));
}

TEST_F(ProcessTest, PutsDescriptorsWhereTheyBelong) {
  write_file(directory / "a", "first");
  write_file(directory / "b", "second");
  const uv_file files[] = {open_for_reading(directory / "a"), open_for_reading(directory / "b")};
  for (int number : {0, 5}) {
    Child child({told_child(), "--copy", std::to_string(number), "1"});
    child.give(0, files[0]);
    child.give(5, files[1]);
    EXPECT_EQ(number == 0 ? "first" : "second", told_by(child));
    EXPECT_EQ(0, child.status);
  }
  for (uv_file file : files)
    close_file(file);
}

TEST_F(ProcessTest, WhatIsNotGivenIsTheNullDevice) {
  Child child({told_child(), "--descriptors"});
  EXPECT_EQ("nfn", told_by(child).substr(0, 3));
  Child reader({told_child(), "--copy", "0", "2"});
  reader.options.stdio_count = 0;
  ASSERT_EQ(0, reader.spawn(loop));
  run();
  EXPECT_EQ(0, reader.status) << "nothing comes, and all goes";
}

TEST_F(ProcessTest, PipesConnectBothWays) {
  Child child({told_child(), "--copy", "0", "1"});
  Collector input(loop), output_pipe(loop);
  child.pipe(0, UV_READABLE_PIPE, input.stream());
  child.pipe(1, UV_WRITABLE_PIPE, output_pipe.stream());
  ASSERT_EQ(0, child.spawn(loop));
  EXPECT_TRUE(uv_is_writable(input.stream()));
  EXPECT_FALSE(uv_is_readable(input.stream()));
  EXPECT_FALSE(uv_is_writable(output_pipe.stream()));
  EXPECT_TRUE(uv_is_readable(output_pipe.stream()));
  expect_copy(child, input, output_pipe);
}

TEST_F(ProcessTest, PipesArePipesToTheChild) {
  Child child({told_child(), "--descriptors"});
  Collector both(loop), output_pipe(loop), errors(loop);
  child.pipe(0, UV_READABLE_PIPE | UV_WRITABLE_PIPE, both.stream());
  child.pipe(1, UV_WRITABLE_PIPE, output_pipe.stream());
  child.pipe(2, UV_WRITABLE_PIPE | UV_NONBLOCK_PIPE, errors.stream());
  ASSERT_EQ(0, child.spawn(loop));
  EXPECT_TRUE(uv_is_writable(both.stream()));
  EXPECT_TRUE(uv_is_readable(both.stream()));
  for (Collector* collector : {&both, &output_pipe, &errors})
    collector->start();
  run();
  EXPECT_EQ("ppp", output_pipe.text.substr(0, 3));
}

TEST_F(ProcessTest, InheritsAStream) {
  uv_file ends[2];
  ASSERT_EQ(0, uv_pipe(ends, UV_NONBLOCK_PIPE, 0));
  Collector reader(loop), inherited(loop);
  ASSERT_EQ(0, uv_pipe_open(&reader.pipe, ends[0]));
  ASSERT_EQ(0, uv_pipe_open(&inherited.pipe, ends[1]));
  Child child({told_child(), "through a stream"});
  child.stdio[1].flags = UV_INHERIT_STREAM;
  child.stdio[1].data.stream = inherited.stream();
  child.options.stdio_count = 2;
  ASSERT_EQ(0, child.spawn(loop));
  uv_close(reinterpret_cast<uv_handle_t*>(&inherited.pipe), nullptr);
  reader.start();
  run();
  EXPECT_EQ("[" + told_child() + "]\n[through a stream]\n", reader.text);
}

TEST_F(ProcessTest, RefusesStreamsThatCannotBeUsed) {
  uv_tcp_t tcp;
  ASSERT_EQ(0, uv_tcp_init(&loop, &tcp));
  for (uv_stdio_flags flags : {UV_INHERIT_STREAM, UV_CREATE_PIPE}) {
    if (flags == UV_CREATE_PIPE && !is_at_least(1, 52)) continue;  // It aborts.
    Child child({told_child()});
    child.options.stdio_count = 1;
    child.stdio[0].data.stream = reinterpret_cast<uv_stream_t*>(&tcp);
    child.stdio[0].flags = flags;
    expect_failure(child, UV_EINVAL);
  }
  uv_close(reinterpret_cast<uv_handle_t*>(&tcp), nullptr);
  run();
}

TEST_F(ProcessTest, PipesOfAProgramThatDoesNotExistJustEnd) {
  // Node.js goes on with them after the error.
  Child child({"violet-no-such-program"});
  Collector pipe(loop);
  child.pipe(1, UV_WRITABLE_PIPE, pipe.stream());
  EXPECT_EQ(UV_ENOENT, child.spawn(loop));
  pipe.start();
  child.close();
  run();
  EXPECT_TRUE(pipe.ended);
}

TEST_F(ProcessTest, WhatAChildWroteComesBeforeItsEnd) {
  if (!is_at_least(1, 52)) GTEST_SKIP() << "not promised by libuv";
  for (int i = 0; i < 20; ++i) {
    Child child({told_child(), "last words"});
    Collector pipe(loop);
    child.pipe(1, UV_WRITABLE_PIPE, pipe.stream());
    ASSERT_EQ(0, child.spawn(loop));
    pipe.start();
    static std::string before_exit;
    static const std::string* text;
    text = &pipe.text;
    before_exit = "no exit";
    child.process.exit_cb = [](uv_process_t* process, std::int64_t status, int signal) {
      before_exit = *text;
      Child::on_exit(process, status, signal);
    };
    run();
    EXPECT_EQ("[" + told_child() + "]\n[last words]\n", before_exit);
  }
}

// The other side of a pipe is there as long as somebody has it: no child keeps another one's.
TEST_F(ProcessTest, ChildrenDoNotHoldEachOthersPipes) {
  Collector first_pipe(loop), second_pipe(loop);
  Child first({told_child()}), second({told_child(), "--wait"});
  first.pipe(1, UV_WRITABLE_PIPE, first_pipe.stream());
  second.pipe(1, UV_WRITABLE_PIPE, second_pipe.stream());
  ASSERT_EQ(0, first.spawn(loop));
  ASSERT_EQ(0, second.spawn(loop));
  first_pipe.start();
  second_pipe.start();
  while (!first_pipe.ended)
    uv_run(&loop, UV_RUN_ONCE);
  EXPECT_EQ(0, second.exits);
  EXPECT_FALSE(second_pipe.ended);
  EXPECT_EQ(0, uv_process_kill(&second.process, SIGTERM));
  run();
  EXPECT_TRUE(second_pipe.ended);
}

}  // namespace
}  // namespace conformance

// What children are given as descriptors on Windows.
#include <fcntl.h>
#include <io.h>

#include "process_support.h"

namespace conformance {
namespace {

TEST_F(ProcessTest, WhatIsNotGivenIsClosed) {
  Child child({told_child(), "--descriptors"});
  EXPECT_EQ("nfn-----", told_by(child));
  Child more({told_child(), "--descriptors"});
  const int file = ::open(output.c_str(), _O_RDONLY | _O_NOINHERIT | _O_BINARY);
  more.give(4, file);
  EXPECT_EQ("nfn-f---", told_by(more));
  ::_close(file);
}

// Even those that were made to be inherited: only what was given is.
TEST_F(ProcessTest, LeaksNoHandles) {
  SECURITY_ATTRIBUTES inheritable = {sizeof(inheritable), nullptr, TRUE};
  // Far behind what a process opens by itself.
  HANDLE events[200];
  for (HANDLE& event : events)
    event = CreateEventW(&inheritable, FALSE, FALSE, nullptr);
  const auto number = reinterpret_cast<std::uintptr_t>(events[199]);
  Child child({told_child(), "--handle", std::to_string(number)});
  EXPECT_EQ("not there", told_by(child));
  for (HANDLE event : events)
    CloseHandle(event);
}

TEST_F(ProcessTest, DisabledInheritanceLeavesWhatIsGiven) {
  uv_disable_stdio_inheritance();
  Child child({told_child(), "--descriptors"});
  child.give(2, 2);
  const std::string told = told_by(child);
  EXPECT_EQ("nf", told.substr(0, 2));
  EXPECT_NE('-', told[2]);
}

// A program with a loop of its own, on pipes of either kind and beyond the standard ones.
TEST_F(ProcessTest, AChildMayReadAndWriteItsPipesByALoop) {
  for (int flags : {0, int{UV_NONBLOCK_PIPE}}) {
    Child child({beside_us("spawning_child"), "--copy", "3", "4"});
    Collector input(loop), output_pipe(loop);
    child.pipe(3, UV_READABLE_PIPE | flags, input.stream());
    child.pipe(4, UV_WRITABLE_PIPE | flags, output_pipe.stream());
    ASSERT_EQ(0, child.spawn(loop));
    output_pipe.start();
    char text[] = "there and back";
    uv_buf_t buffer = uv_buf_init(text, sizeof(text) - 1);
    EXPECT_EQ(static_cast<int>(buffer.len), uv_try_write(input.stream(), &buffer, 1));
    uv_close(reinterpret_cast<uv_handle_t*>(&input.pipe), nullptr);
    run();
    EXPECT_EQ(text, output_pipe.text);
    EXPECT_EQ(0, child.status);
  }
}

// The C library of a child cannot use an end that does not block; the loop of one can.
TEST_F(ProcessTest, MuchGoesThroughPipesThatDoNotBlock) {
  Child child({beside_us("spawning_child"), "--copy", "0", "1"});
  Collector input(loop), output_pipe(loop);
  child.pipe(0, UV_READABLE_PIPE | UV_NONBLOCK_PIPE, input.stream());
  child.pipe(1, UV_WRITABLE_PIPE | UV_NONBLOCK_PIPE, output_pipe.stream());
  ASSERT_EQ(0, child.spawn(loop));
  expect_copy(child, input, output_pipe);
}

}  // namespace
}  // namespace conformance

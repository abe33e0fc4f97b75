// What children are given as descriptors on Windows.
#include "process_windows_support.h"

namespace conformance {
namespace {

int open_for_reading(const std::string& path) {
  return ::open(path.c_str(), _O_RDONLY | _O_NOINHERIT | _O_BINARY);
}

TEST_F(ProcessTest, PutsDescriptorsWhereTheyBelong) {
  write_file(directory / "a", "first");
  write_file(directory / "b", "second");
  const int files[] = {open_for_reading(directory / "a"), open_for_reading(directory / "b")};
  for (int number : {0, 5}) {
    Child child({told_child(), "--copy", std::to_string(number), "1"});
    child.give(0, files[0]);
    child.give(5, files[1]);
    EXPECT_EQ(number == 0 ? "first" : "second", told_by(child));
    EXPECT_EQ(0, child.status);
  }
  for (int file : files)
    ::_close(file);
}

TEST_F(ProcessTest, WhatIsNotGivenIsTheNullDeviceOrClosed) {
  Child child({told_child(), "--descriptors"});
  EXPECT_EQ("nfn-----", told_by(child));
  Child more({told_child(), "--descriptors"});
  const int file = open_for_reading(output);
  more.give(4, file);
  EXPECT_EQ("nfn-f---", told_by(more));
  ::_close(file);
  Child reader({told_child(), "--copy", "0", "2"});
  reader.options.stdio_count = 0;
  ASSERT_EQ(0, reader.spawn(loop));
  run();
  EXPECT_EQ(0, reader.status) << "nothing comes, and all goes";
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

TEST_F(ProcessTest, RefusesStreamsThatCannotBeUsed) {
  uv_tcp_t tcp;
  ASSERT_EQ(0, uv_tcp_init(&loop, &tcp));
  for (uv_stdio_flags flags : {UV_INHERIT_STREAM, UV_CREATE_PIPE}) {
    Child child({told_child()});
    child.options.stdio_count = 1;
    child.stdio[0].data.stream = reinterpret_cast<uv_stream_t*>(&tcp);
    child.stdio[0].flags = flags;
    expect_failure(child, UV_EINVAL);
  }
  uv_close(reinterpret_cast<uv_handle_t*>(&tcp), nullptr);
  run();
}

}  // namespace
}  // namespace conformance

// Handles that are sent over an IPC pipe while no descriptor is free.
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "passing_support.h"

namespace conformance {
namespace {

int lowest_free_descriptor() {
  int descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC);
  close(descriptor);
  return descriptor;
}

TEST_F(Passing, WhatWaitsForRoomNeedsADescriptorUntilItIsSent) {
  if (!is_at_least(1, 52)) GTEST_SKIP() << "libuv 1.44 takes the handle's when it comes to it";
  uv_tcp_t sent;
  bind_somewhere(sent);
  Write bulk, refused, with_handle;
  ASSERT_EQ(0, bulk.start(stream(left_), pattern(1 << 20)));
  uv_run(&loop_, UV_RUN_NOWAIT);
  const std::size_t queued = uv_stream_get_write_queue_size(stream(left_));
  const int free = lowest_free_descriptor();
  rlimit before;
  ASSERT_EQ(0, getrlimit(RLIMIT_NOFILE, &before));
  rlimit none = {static_cast<rlim_t>(free), before.rlim_max};
  ASSERT_EQ(0, setrlimit(RLIMIT_NOFILE, &none));
  EXPECT_EQ(UV_EMFILE, refused.start(stream(left_), "x", stream(sent)));
  ASSERT_EQ(0, setrlimit(RLIMIT_NOFILE, &before));
  EXPECT_EQ(queued, uv_stream_get_write_queue_size(stream(left_)));
  ASSERT_EQ(0, with_handle.start(stream(left_), "x", stream(sent)));
  EXPECT_NE(-1, fcntl(free, F_GETFD));
  close(left_);
  run_until([&] { return with_handle.calls == 1; });
  EXPECT_EQ(UV_ECANCELED, with_handle.status);
  EXPECT_EQ(0, refused.calls);
  EXPECT_EQ(-1, fcntl(free, F_GETFD)) << "given back";
  close(sent);
  run_until([] { return true; });
}

// A handle finds no descriptor for its copy, while a write before it waits for the iteration's end:
// in the same callback as the iteration's first write, or in a later one.
class PassingWithoutDescriptors : public Passing, public ::testing::WithParamInterface<bool> {};

TEST_P(PassingWithoutDescriptors, EarlierWritesGoOn) {
  uv_tcp_t sent;
  bind_somewhere(sent);
  Write first, bulk, refused;
  rlimit before;
  ASSERT_EQ(0, getrlimit(RLIMIT_NOFILE, &before));
  auto write_more = [&] {
    EXPECT_EQ(0, bulk.start(stream(left_), pattern(1 << 20))) << "waits for the iteration's end";
    rlimit none = {static_cast<rlim_t>(lowest_free_descriptor()), before.rlim_max};
    EXPECT_EQ(0, setrlimit(RLIMIT_NOFILE, &none));
    const int result = refused.start(stream(left_), "x", stream(sent));
    if (is_at_least(1, 52)) {
      EXPECT_EQ(UV_EMFILE, result);
    }
    EXPECT_EQ(0, setrlimit(RLIMIT_NOFILE, &before));
  };
  auto write_first = [&] { EXPECT_EQ(0, first.start(stream(left_), "x")); };
  auto write_all = [&] {
    write_first();
    write_more();
  };
  if (GetParam()) {
    run_in_iteration(write_first, write_more);
  } else {
    run_in_iteration(write_all);
  }
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(right_)));
  run_until([&] { return bulk.calls == 1 && reader.text.size() >= (1 << 20) + 1; });
  EXPECT_EQ(1, first.calls);
  EXPECT_EQ(0, bulk.status);
  close(sent);
  run_until([] { return true; });
}

INSTANTIATE_TEST_SUITE_P(Where, PassingWithoutDescriptors, ::testing::Bool(),
                         [](const auto& where) {
                           return where.param ? "InALaterCallback" : "InOneCallback";
                         });

}  // namespace
}  // namespace conformance

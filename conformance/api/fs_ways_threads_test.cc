// File operations under way while their loop moves to another thread.
#include <thread>

#include "fs_ways_fixture.h"

namespace conformance {
namespace {

TEST(FsMoves, ReadsGoOnInAnotherThread) {
  TemporaryDirectory directory;
  Reads reads(directory / "file");
  uv_loop_t loop;
  ASSERT_EQ(0, uv_loop_init(&loop));
  reads.start(&loop);
  uv_run(&loop, UV_RUN_NOWAIT);
  std::thread([&] {
    uv_run(&loop, UV_RUN_NOWAIT);
    std::thread([&] { uv_run(&loop, UV_RUN_DEFAULT); }).join();
  }).join();
  EXPECT_TRUE(reads.all_came_once());
  EXPECT_EQ(0, uv_loop_close(&loop));
}

// The thread that began them has ended before they were over.
TEST(FsMoves, ReadsOutliveTheirThread) {
  TemporaryDirectory directory;
  Reads reads(directory / "file");
  uv_loop_t loop;
  ASSERT_EQ(0, uv_loop_init(&loop));
  std::thread([&] {
    reads.start(&loop);
    uv_run(&loop, UV_RUN_NOWAIT);
  }).join();
  uv_run(&loop, UV_RUN_DEFAULT);
  EXPECT_TRUE(reads.all_came_once());
  EXPECT_EQ(0, uv_loop_close(&loop));
}

}  // namespace
}  // namespace conformance

// File operations under way while their loop moves to another thread.
#include <thread>

#include "fs_ways_fixture.h"

namespace conformance {
namespace {

TEST_F(FsMoves, ReadsGoOnInAnotherThread) {
  begin();
  std::thread([&] {
    uv_run(&loop_, UV_RUN_NOWAIT);
    std::thread([&] { uv_run(&loop_, UV_RUN_DEFAULT); }).join();
  }).join();
  EXPECT_TRUE(reads_.all_came_once());
}

// The thread that began them has ended before they were over.
TEST_F(FsMoves, ReadsOutliveTheirThread) {
  std::thread([&] { begin(); }).join();
}

}  // namespace
}  // namespace conformance

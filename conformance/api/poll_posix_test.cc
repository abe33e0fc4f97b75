// Polling ends of socket pairs, as POSIX systems tell of them.
#include <sys/socket.h>
#include <unistd.h>

#include <vector>

#include "stream_support.h"

namespace conformance {
namespace {

// kqueue calls the writing side ended by whoever ends it.
TEST_F(StreamTest, PollingTakesTheEndOfOnesOwnWritesForNoDisconnect) {
  int ends[2];
  ASSERT_EQ(0, socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
  ASSERT_EQ(0, shutdown(ends[0], SHUT_WR));
  uv_poll_t watcher;
  int told = 0;
  watcher.data = &told;
  ASSERT_EQ(0, uv_poll_init(&loop_, &watcher, ends[0]));
  ASSERT_EQ(0, uv_poll_start(&watcher, UV_WRITABLE | UV_DISCONNECT,
                             [](uv_poll_t* handle, int status, int events) {
                               EXPECT_EQ(0, status);
                               *static_cast<int*>(handle->data) |= events;
                             }));
  run_until([&] { return told != 0; });
  EXPECT_EQ(UV_WRITABLE, told);
  ::close(ends[1]);
  run_until([&] { return (told & UV_DISCONNECT) != 0; });
  close(watcher);
  run_until([] { return true; });
  ::close(ends[0]);
}

// Where a program has closed a watched descriptor and kept a copy, the kernel goes on watching the
// open file under the number that is gone.
TEST_F(StreamTest, ADescriptorThatComesBackUnderItsNumberIsPolledAgain) {
  int ends[2];
  ASSERT_EQ(0, socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
  uv_poll_t first;
  ASSERT_EQ(0, uv_poll_init(&loop_, &first, ends[0]));
  ASSERT_EQ(0, uv_poll_start(&first, UV_READABLE, [](uv_poll_t*, int, int) {}));
  uv_run(&loop_, UV_RUN_NOWAIT);
  const int copy = dup(ends[0]);
  ::close(ends[0]);
  uv_poll_stop(&first);
  ASSERT_EQ(ends[0], dup2(copy, ends[0]));

  uv_poll_t again;
  std::vector<int> told;
  again.data = &told;
  ASSERT_EQ(0, uv_poll_init(&loop_, &again, ends[0]));
  ASSERT_EQ(0, uv_poll_start(&again, UV_WRITABLE, [](uv_poll_t* handle, int status, int events) {
              static_cast<std::vector<int>*>(handle->data)->push_back(status < 0 ? status : events);
              uv_poll_stop(handle);
            }));
  run_until([&] { return !told.empty(); });
  EXPECT_EQ(std::vector<int>{UV_WRITABLE}, told);
  close(first);
  close(again);
  run_until([] { return true; });
  for (int descriptor : {copy, ends[0], ends[1]})
    ::close(descriptor);
}

TEST_F(StreamTest, ADescriptorThatNamesAnotherFileIsPolledForOtherEvents) {
  int ends[2], others[2];
  ASSERT_EQ(0, socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
  ASSERT_EQ(0, socketpair(AF_UNIX, SOCK_STREAM, 0, others));
  uv_poll_t watcher;
  std::vector<int> told;
  watcher.data = &told;
  const uv_poll_cb tell = [](uv_poll_t* handle, int status, int events) {
    static_cast<std::vector<int>*>(handle->data)->push_back(status < 0 ? status : events);
    uv_poll_stop(handle);
  };
  ASSERT_EQ(0, uv_poll_init(&loop_, &watcher, ends[0]));
  ASSERT_EQ(0, uv_poll_start(&watcher, UV_READABLE, tell));
  uv_run(&loop_, UV_RUN_NOWAIT);
  ::close(ends[0]);
  ASSERT_EQ(ends[0], dup2(others[0], ends[0]));
  ASSERT_EQ(0, uv_poll_start(&watcher, UV_READABLE | UV_WRITABLE, tell));
  run_until([&] { return !told.empty(); });
  EXPECT_EQ(std::vector<int>{UV_WRITABLE}, told);
  close(watcher);
  run_until([] { return true; });
  for (int descriptor : {ends[0], ends[1], others[0], others[1]})
    ::close(descriptor);
}

}  // namespace
}  // namespace conformance

// Polling ends of socket pairs, as POSIX systems tell of them.
#include <sys/socket.h>
#include <unistd.h>

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

}  // namespace
}  // namespace conformance

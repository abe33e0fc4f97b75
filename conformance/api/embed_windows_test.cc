// An embedder on Windows waits on the loop's port (uv_loop_t.iocp) with calls of its own.
#include <winsock2.h>

#include <windows.h>

#include "stream_support.h"

namespace conformance {
namespace {

// The handles are closed with the loop, wherever a test ends.
class EmbedWindows : public StreamTest {
 protected:
  uv_timer_t timer_;
  uv_async_t async_;
  uv_pipe_t server_;
  int calls_ = 0;
};

TEST_F(EmbedWindows, TheLoopsPortIsThereFromTheBeginning) {
  // An embedder's own packet, which names nothing: it ends a wait, and the loop does not mind it.
  ASSERT_NE(nullptr, loop_.iocp);
  ASSERT_TRUE(PostQueuedCompletionStatus(loop_.iocp, 0, 0, nullptr));
  timer_.data = &calls_;
  uv_timer_init(&loop_, &timer_);
  uv_timer_start(
      &timer_, [](uv_timer_t* due) { ++*static_cast<int*>(due->data); }, 5, 0);
  uv_run(&loop_, UV_RUN_DEFAULT);
  EXPECT_EQ(1, calls_);
  EXPECT_NE(nullptr, loop_.iocp);
}

// Who gives back what it took cannot give back a packet that names nothing.
TEST_F(EmbedWindows, AWakeUpNamesSomething) {
  async_.data = &calls_;
  ASSERT_EQ(0, uv_async_init(&loop_, &async_,
                             [](uv_async_t* sent) { ++*static_cast<int*>(sent->data); }));
  uv_run(&loop_, UV_RUN_NOWAIT);
  for (int round = 1; round <= 3; ++round) {
    ASSERT_EQ(0, uv_async_send(&async_));
    OVERLAPPED_ENTRY packet = {};
    ULONG count = 0;
    ASSERT_TRUE(GetQueuedCompletionStatusEx(loop_.iocp, &packet, 1, &count, 10'000, FALSE));
    ASSERT_EQ(1u, count);
    ASSERT_NE(nullptr, packet.lpOverlapped);
    ASSERT_TRUE(PostQueuedCompletionStatus(loop_.iocp, packet.dwNumberOfBytesTransferred,
                                           packet.lpCompletionKey, packet.lpOverlapped));
    uv_run(&loop_, UV_RUN_NOWAIT);
    EXPECT_EQ(round, calls_);
  }
}

// What was asked for is with the system before the embedder sleeps.
TEST_F(EmbedWindows, NothingIsToBeDoneBeforeItMaySleep) {
  ASSERT_EQ(0, uv_pipe_init(&loop_, &server_, 0));
  const std::string name = "\\\\.\\pipe\\embed-" + std::to_string(GetCurrentProcessId());
  ASSERT_EQ(0, uv_pipe_bind(&server_, name.c_str()));
  server_.data = &calls_;
  ASSERT_EQ(0, uv_listen(stream(server_), 4,
                         [](uv_stream_t* listener, int) { ++*static_cast<int*>(listener->data); }));
  EXPECT_EQ(0, uv_backend_timeout(&loop_));
  for (int turn = 0; turn < 5 && uv_backend_timeout(&loop_) == 0; ++turn)
    uv_run(&loop_, UV_RUN_NOWAIT);
  EXPECT_EQ(-1, uv_backend_timeout(&loop_));
  const HANDLE client = CreateFileA(name.c_str(), GENERIC_READ | GENERIC_WRITE, 0, nullptr,
                                    OPEN_EXISTING, 0, nullptr);
  ASSERT_NE(INVALID_HANDLE_VALUE, client);
  DWORD size = 0;
  ULONG_PTR key = 0;
  OVERLAPPED* overlapped = nullptr;
  EXPECT_TRUE(GetQueuedCompletionStatus(loop_.iocp, &size, &key, &overlapped, 10'000));
  ASSERT_NE(nullptr, overlapped);
  PostQueuedCompletionStatus(loop_.iocp, size, key, overlapped);
  uv_run(&loop_, UV_RUN_NOWAIT);
  EXPECT_EQ(1, calls_);
  CloseHandle(client);
}

}  // namespace
}  // namespace conformance

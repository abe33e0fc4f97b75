// What becomes of a handle that is sent over an IPC pipe.
#include <unistd.h>

#include "passing_support.h"

namespace conformance {
namespace {

TEST_F(Passing, AHandleMayBeClosedRightAfterTheCall) {
  constexpr int kHandles = 3;
  uv_tcp_t sent[kHandles];
  Write writes[kHandles];
  int ports[kHandles];
  int files[kHandles];
  for (int i = 0; i < kHandles; ++i) {
    ports[i] = bind_somewhere(sent[i]);
    ASSERT_EQ(0, writes[i].start(stream(left_), "x", stream(sent[i])));
    EXPECT_EQ(0, writes[i].calls) << "not inside the call";
    files[i] = close_and_reuse(sent[i]);
  }
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(right_)));
  run_until([&] { return reader.text == "xxx" && writes[kHandles - 1].calls == 1; });
  ASSERT_EQ(kHandles, uv_pipe_pending_count(&right_));
  for (int i = 0; i < kHandles; ++i) {
    EXPECT_EQ(0, writes[i].status);
    expect_port(ports[i]);
    ::close(files[i]);
  }
}

TEST_F(Passing, BehindOtherWritesToo) {
  uv_tcp_t sent;
  const int port = bind_somewhere(sent);
  Write before, with_handle;
  ASSERT_EQ(0, before.start(stream(left_), "1"));
  ASSERT_EQ(0, with_handle.start(stream(left_), "2", stream(sent)));
  int file = close_and_reuse(sent);
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(right_)));
  run_until([&] { return reader.text == "12" && with_handle.calls == 1; });
  ASSERT_EQ(1, uv_pipe_pending_count(&right_));
  expect_port(port);
  ::close(file);
}

TEST_F(Passing, WhatWaitsForRoomMayBeClosedToo) {
  if (!is_at_least(1, 52)) GTEST_SKIP() << "in libuv 1.44 the write then fails with EBADF";
  uv_tcp_t sent;
  const int port = bind_somewhere(sent);
  Write bulk, with_handle;
  ASSERT_EQ(0, bulk.start(stream(left_), pattern(1 << 20)));
  uv_run(&loop_, UV_RUN_NOWAIT);
  ASSERT_EQ(0, bulk.calls) << "no room";
  ASSERT_EQ(0, with_handle.start(stream(left_), "x", stream(sent)));
  int file = close_and_reuse(sent);
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(right_)));
  run_until([&] { return reader.text.size() == (1 << 20) + 1 && with_handle.calls == 1; });
  EXPECT_EQ(0, with_handle.status);
  ASSERT_EQ(1, uv_pipe_pending_count(&right_));
  expect_port(port);
  ::close(file);
}

TEST_F(Passing, AFifoWorksAsAPipe) {
  uv_file fifo[2];
  ASSERT_EQ(0, uv_pipe(fifo, UV_NONBLOCK_PIPE, UV_NONBLOCK_PIPE));
  Reader ipc;
  ASSERT_EQ(0, ipc.start(stream(right_)));
  uv_pipe_t ends[2];
  Write passing[2];
  for (int i = 0; i < 2; ++i) {
    uv_pipe_t sent;
    uv_pipe_init(&loop_, &sent, 0);
    ASSERT_EQ(0, uv_pipe_open(&sent, fifo[i]));
    ASSERT_EQ(0, passing[i].start(stream(left_), "x", stream(sent)));
    run_until([&] { return uv_pipe_pending_count(&right_) == 1 && passing[i].calls == 1; });
    close(sent);
    EXPECT_EQ(UV_NAMED_PIPE, uv_pipe_pending_type(&right_));
    uv_pipe_init(&loop_, &ends[i], 0);
    ASSERT_EQ(0, uv_accept(stream(right_), stream(ends[i])));
    run_until([] { return true; });
  }
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(ends[0])));
  Write write;
  ASSERT_EQ(0, write.start(stream(ends[1]), "through the FIFO"));
  run_until([&] { return write.calls == 1; });
  EXPECT_EQ(0, write.status);
  uv_buf_t more = uv_buf_init(const_cast<char*>("!"), 1);
  EXPECT_EQ(1, uv_try_write(stream(ends[1]), &more, 1));
  close(ends[1]);
  run_until([&] { return reader.end != 0; });
  EXPECT_EQ("through the FIFO!", reader.text);
  EXPECT_EQ(UV_EOF, reader.end);
  close(ends[0]);
  run_until([] { return true; });
}

TEST_F(Passing, WhatIsNotReadIsLeftToTheSender) {
  uv_file ends[2];
  ASSERT_EQ(0, test_support::open_local_pair(ends));
  uv_pipe_t sent, received;
  uv_pipe_init(&loop_, &sent, 0);
  uv_pipe_init(&loop_, &received, 0);
  ASSERT_EQ(0, uv_pipe_open(&sent, ends[0]));
  Write passing;
  Reader ipc;
  ASSERT_EQ(0, passing.start(stream(left_), "x", stream(sent)));
  ASSERT_EQ(0, ipc.start(stream(right_)));
  run_until([&] { return uv_pipe_pending_count(&right_) == 1 && passing.calls == 1; });
  ASSERT_EQ(0, uv_accept(stream(right_), stream(received)));

  ASSERT_EQ(8, write(ends[1], "mine;his", 8));
  Reader first;
  first.after_read = [](uv_stream_t* stream) {
    if (static_cast<Reader*>(stream->data)->text == "mine;") uv_read_stop(stream);
  };
  ASSERT_EQ(0, first.start(stream(received), allocate_one_byte));
  run_until([&] { return first.text == "mine;"; });
  Reader second;
  ::close(ends[1]);
  ASSERT_EQ(0, second.start(stream(sent)));
  run_until([&] { return second.end != 0; });
  EXPECT_EQ("mine;", first.text);
  EXPECT_EQ("his", second.text);
  close(sent);
  close(received);
  run_until([] { return true; });
}

}  // namespace
}  // namespace conformance

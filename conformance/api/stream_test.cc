// Reading, writing and shutting down, on a pair of connected Unix sockets.
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <vector>

#include <local_pair.h>

#include "stream_support.h"

namespace conformance {
namespace {

class Pair : public StreamTest {
 protected:
  void SetUp() override {
    StreamTest::SetUp();
    uv_file ends[2];
    ASSERT_EQ(0, test_support::open_local_pair(ends));
    uv_pipe_init(&loop_, &left_, 0);
    uv_pipe_init(&loop_, &right_, 0);
    ASSERT_EQ(0, uv_pipe_open(&left_, ends[0]));
    ASSERT_EQ(0, uv_pipe_open(&right_, ends[1]));
  }

  // Fills the kernel's buffer, so that the next write has to wait.
  void fill() {
    const std::string block(65536, 'f');
    uv_buf_t buffer = uv_buf_init(const_cast<char*>(block.data()), 65536);
    int written;
    while ((written = uv_try_write(stream(left_), &buffer, 1)) > 0)
      filled_ += static_cast<size_t>(written);
    EXPECT_EQ(UV_EAGAIN, written);
  }

  uv_pipe_t left_;
  uv_pipe_t right_;
  size_t filled_ = 0;
};

TEST_F(Pair, ReadStartChecksItsArguments) {
  Reader reader;
  if (is_at_least(1, 45)) {
    EXPECT_EQ(UV_EINVAL, uv_read_start(stream(left_), nullptr, Reader::on_read));
    EXPECT_EQ(UV_EINVAL, uv_read_start(stream(left_), allocate_suggested, nullptr));
  }
  EXPECT_EQ(0, reader.start(stream(left_)));
  EXPECT_TRUE(uv_is_active(reinterpret_cast<uv_handle_t*>(&left_)));
  EXPECT_EQ(UV_EALREADY, reader.start(stream(left_)));
  EXPECT_EQ(0, uv_read_stop(stream(left_)));
  EXPECT_EQ(0, uv_read_stop(stream(left_)));
  EXPECT_FALSE(uv_is_active(reinterpret_cast<uv_handle_t*>(&left_)));
  close(left_);
  EXPECT_EQ(UV_EINVAL, reader.start(stream(left_)));
}

TEST_F(Pair, ReadsWhatIsWrittenByteByByte) {
  Reader reader;
  const std::string sent = pattern(500);
  std::vector<Write> writes(sent.size());
  for (size_t i = 0; i < sent.size(); ++i)
    ASSERT_EQ(0, writes[i].start(stream(left_), sent.substr(i, 1)));
  ASSERT_EQ(0, reader.start(stream(right_), allocate_one_byte));
  run_until([&] { return reader.text.size() == sent.size(); });
  EXPECT_EQ(sent, reader.text);
  EXPECT_EQ(500, reader.reads);
}

TEST_F(Pair, NoCallbackRunsInsideTheCall) {
  Write write;
  Shutdown shutdown;
  ASSERT_EQ(0, write.start(stream(left_), "hello"));
  ASSERT_EQ(0, shutdown.start(stream(left_)));
  EXPECT_EQ(0, write.calls);
  EXPECT_EQ(1, shutdown.status);
  run_until([&] { return shutdown.status != 1; });
  EXPECT_EQ(0, write.status);
  EXPECT_EQ(0, shutdown.status);
}

TEST_F(Pair, CallbacksComeOnceAndInOrder) {
  std::vector<Write> writes(100);
  std::vector<size_t> order;
  std::string sent;
  for (size_t i = 0; i < writes.size(); ++i) {
    const std::string text = pattern(i * 37 % 5000);
    sent += text;
    writes[i].done = [&, i] { order.push_back(i); };
    ASSERT_EQ(0, writes[i].start(stream(left_), text));
  }
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(right_)));
  run_until([&] { return order.size() == writes.size() && reader.text.size() == sent.size(); });
  for (size_t i = 0; i < order.size(); ++i) {
    EXPECT_EQ(i, order[i]);
    EXPECT_EQ(0, writes[i].status);
    EXPECT_EQ(1, writes[i].calls);
  }
  EXPECT_EQ(sent, reader.text);
}

TEST_F(Pair, ManyBuffersInOneWrite) {
  const std::string sent = pattern(30000);
  std::vector<uv_buf_t> buffers;
  for (size_t at = 0; at < sent.size(); at += 10)
    buffers.push_back(uv_buf_init(const_cast<char*>(sent.data()) + at, 10));
  Write write;
  write.request.data = &write;
  ASSERT_EQ(0, uv_write(&write.request, stream(left_), buffers.data(),
                        static_cast<unsigned int>(buffers.size()), Write::on_done));
  // The array is copied.
  buffers.assign(buffers.size(), uv_buf_init(nullptr, 0));
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(right_)));
  run_until([&] { return reader.text.size() == sent.size() && write.calls == 1; });
  EXPECT_EQ(sent, reader.text);
  EXPECT_EQ(0, write.status);
}

TEST_F(Pair, MovesEightMebibytesExactly) {
  const std::string sent = pattern(8 << 20);
  Write write;
  Reader reader;
  Shutdown shutdown;
  ASSERT_EQ(0, write.start(stream(left_), sent));
  EXPECT_GT(uv_stream_get_write_queue_size(stream(left_)), 0u);
  ASSERT_EQ(0, shutdown.start(stream(left_)));
  ASSERT_EQ(0, reader.start(stream(right_)));
  run_until([&] { return reader.end != 0; });
  EXPECT_EQ(UV_EOF, reader.end);
  EXPECT_TRUE(sent == reader.text);
  EXPECT_EQ(0, write.status);
  EXPECT_EQ(0, shutdown.status);
  EXPECT_EQ(0u, uv_stream_get_write_queue_size(stream(left_)));
}

// The end of the peer's writing is no room to write, and must not keep the engine from giving up.
TEST_F(Pair, AWriteThatWaitsForAHalfClosedPeerEndsWithTheStream) {
  Shutdown shutdown;
  ASSERT_EQ(0, shutdown.start(stream(right_)));
  run_until([&] { return shutdown.status != 1; });
  Write write;
  ASSERT_EQ(0, write.start(stream(left_), pattern(1500000)));
  for (int i = 0; i < 50; ++i)
    uv_run(&loop_, UV_RUN_NOWAIT);
  EXPECT_EQ(0, write.calls);
  close(left_);
  run_until([&] { return write.calls == 1; });
  EXPECT_EQ(UV_ECANCELED, write.status);
}

TEST_F(Pair, WriteQueueSizeCountsWhatIsLeft) {
  fill();
  Write first;
  Write second;
  ASSERT_EQ(0, first.start(stream(left_), std::string(1000, 'a')));
  ASSERT_EQ(0, second.start(stream(left_), std::string(500, 'b')));
  EXPECT_EQ(1500u, uv_stream_get_write_queue_size(stream(left_)));
  EXPECT_EQ(1500u, left_.write_queue_size);
  uv_buf_t buffer = uv_buf_init(const_cast<char*>("x"), 1);
  EXPECT_EQ(UV_EAGAIN, uv_try_write(stream(left_), &buffer, 1));
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(right_)));
  run_until([&] { return second.calls == 1; });
  EXPECT_EQ(0u, uv_stream_get_write_queue_size(stream(left_)));
  run_until([&] { return reader.text.size() == filled_ + 1500; });
  EXPECT_EQ(std::string(1000, 'a') + std::string(500, 'b'), reader.text.substr(filled_));
}

TEST_F(Pair, CloseCancelsWaitingWritesAndShutdown) {
  fill();
  Write first;
  Write second;
  Shutdown shutdown;
  ASSERT_EQ(0, first.start(stream(left_), "a"));
  ASSERT_EQ(0, second.start(stream(left_), "b"));
  ASSERT_EQ(0, shutdown.start(stream(left_)));
  static bool closed;
  static Shutdown* before_close;
  closed = false;
  before_close = &shutdown;
  uv_close(reinterpret_cast<uv_handle_t*>(&left_), [](uv_handle_t*) {
    EXPECT_EQ(UV_ECANCELED, before_close->status);
    closed = true;
  });
  EXPECT_EQ(0, first.calls);
  run_until([&] { return closed; });
  EXPECT_EQ(UV_ECANCELED, first.status);
  EXPECT_EQ(UV_ECANCELED, second.status);
  EXPECT_EQ(1, first.calls);
  EXPECT_EQ(UV_ECANCELED, shutdown.status);
}

TEST_F(Pair, WhatWasWrittenBeforeCloseArrives) {
  Write writes[3];
  for (Write& write : writes)
    ASSERT_EQ(0, write.start(stream(left_), "abc"));
  close(left_);
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(right_)));
  run_until([&] { return reader.end != 0; });
  EXPECT_EQ("abcabcabc", reader.text);
  for (Write& write : writes)
    EXPECT_EQ(1, write.calls);
}

TEST_F(Pair, CloseInAWriteCallback) {
  Write writes[4];
  int calls = 0;
  for (Write& write : writes) {
    write.done = [&] {
      if (++calls == 2) close(left_);
    };
    ASSERT_EQ(0, write.start(stream(left_), "x"));
  }
  run_until([&] { return calls == 4; });
  for (Write& write : writes)
    EXPECT_EQ(1, write.calls);
}

TEST_F(Pair, ReadStopInAReadCallbackIsFinal) {
  Reader reader;
  reader.after_read = [](uv_stream_t* handle) { uv_read_stop(handle); };
  Write write;
  ASSERT_EQ(0, write.start(stream(left_), "abc"));
  ASSERT_EQ(0, reader.start(stream(right_), allocate_one_byte));
  run_until([&] { return reader.reads == 1; });
  for (int i = 0; i < 5; ++i)
    uv_run(&loop_, UV_RUN_NOWAIT);
  EXPECT_EQ("a", reader.text);
  reader.after_read = nullptr;
  ASSERT_EQ(0, reader.start(stream(right_)));
  run_until([&] { return reader.text.size() == 3; });
  EXPECT_EQ("abc", reader.text);
}

TEST_F(Pair, CloseInAReadCallbackIsFinal) {
  Reader reader;
  reader.after_read = [](uv_stream_t* handle) {
    uv_close(reinterpret_cast<uv_handle_t*>(handle), nullptr);
  };
  Write write;
  ASSERT_EQ(0, write.start(stream(left_), "abc"));
  ASSERT_EQ(0, reader.start(stream(right_), allocate_one_byte));
  run_until([&] { return reader.reads == 1; });
  for (int i = 0; i < 3; ++i)
    uv_run(&loop_, UV_RUN_NOWAIT);
  EXPECT_EQ("a", reader.text);
  EXPECT_EQ(0, reader.end);
}

TEST_F(Pair, NoMemoryForReadingIsReported) {
  Reader reader;
  Write write;
  ASSERT_EQ(0, write.start(stream(left_), "abc"));
  right_.data = &reader;
  ASSERT_EQ(0,
            uv_read_start(
                stream(right_),
                [](uv_handle_t*, size_t, uv_buf_t* buffer) { *buffer = uv_buf_init(nullptr, 0); },
                [](uv_stream_t* handle, ssize_t count, const uv_buf_t*) {
                  static_cast<Reader*>(handle->data)->end = static_cast<int>(count);
                  uv_read_stop(handle);
                }));
  run_until([&] { return reader.end != 0; });
  EXPECT_EQ(UV_ENOBUFS, reader.end);
}

TEST_F(Pair, AllocatesOnlyWhenDataIsThere) {
  static int allocations;
  allocations = 0;
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(right_), [](uv_handle_t* handle, size_t size, uv_buf_t* buffer) {
    ++allocations;
    allocate_suggested(handle, size, buffer);
  }));
  for (int i = 0; i < 3; ++i)
    uv_run(&loop_, UV_RUN_NOWAIT);
  EXPECT_EQ(0, allocations);
}

TEST_F(Pair, HalfCloseLeavesTheOtherDirection) {
  Reader left;
  Reader right;
  Shutdown shutdown;
  ASSERT_EQ(0, left.start(stream(left_)));
  ASSERT_EQ(0, right.start(stream(right_)));
  ASSERT_EQ(0, shutdown.start(stream(left_)));
  EXPECT_FALSE(uv_is_writable(stream(left_)));
  EXPECT_TRUE(uv_is_readable(stream(left_)));
  Shutdown second;
  EXPECT_EQ(UV_ENOTCONN, second.start(stream(left_)));
  Write late;
  EXPECT_EQ(UV_EPIPE, late.start(stream(left_), "x"));
  run_until([&] { return right.end != 0; });
  EXPECT_EQ(UV_EOF, right.end);
  Write answer;
  ASSERT_EQ(0, answer.start(stream(right_), "still here"));
  run_until([&] { return left.text.size() == 10; });
  EXPECT_EQ("still here", left.text);
}

TEST_F(Pair, WritingToAClosedPeerIsAnErrorAndNoSignal) {
  if (!is_at_least(1, 50)) GTEST_SKIP() << "this library leaves SIGPIPE to its user";
  close(right_);
  run_until([] { return true; });
  Write write;
  ASSERT_EQ(0, write.start(stream(left_), "x"));
  run_until([&] { return write.calls == 1; });
  EXPECT_EQ(UV_EPIPE, write.status);
  uv_buf_t buffer = uv_buf_init(const_cast<char*>("x"), 1);
  EXPECT_EQ(UV_EPIPE, uv_try_write(stream(left_), &buffer, 1));
}

TEST_F(Pair, BlockingWritesAreDoneAtOnce) {
  ASSERT_EQ(0, uv_stream_set_blocking(stream(left_), 1));
  Write write;
  ASSERT_EQ(0, write.start(stream(left_), "blocking"));
  EXPECT_EQ(0u, uv_stream_get_write_queue_size(stream(left_)));
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(right_)));
  run_until([&] { return write.calls == 1 && reader.text.size() == 8; });
  EXPECT_EQ(0, write.status);
  EXPECT_EQ(0, uv_stream_set_blocking(stream(left_), 0));
}

TEST_F(Pair, TryWriteWritesAtOnce) {
  uv_buf_t buffers[2] = {uv_buf_init(const_cast<char*>("ab"), 2),
                         uv_buf_init(const_cast<char*>("cd"), 2)};
  EXPECT_EQ(4, uv_try_write(stream(left_), buffers, 2));
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(right_)));
  run_until([&] { return reader.text == "abcd"; });
}

// Bulk loses more by leaving the caches than it gains by company, on every engine.
TEST_F(Pair, ABulkWriteGoesOutAtOnce) {
  Write write;
  ASSERT_EQ(0, write.start(stream(left_), pattern(32768)));
  uv_os_fd_t other;
  ASSERT_EQ(0, uv_fileno(reinterpret_cast<uv_handle_t*>(&right_), &other));
  std::string text(32768, '\0');
  EXPECT_EQ(32768, test_support::read_at_once(other, text.data(), text.size()));
  EXPECT_EQ(pattern(32768), text);
  EXPECT_EQ(0, write.calls);
  run_until([&] { return write.calls == 1; });
}

TEST_F(Pair, WritesAreOutWhenTheLoopReturns) {
  // The check phase comes after the loop has waited.
  uv_check_t check;
  uv_check_init(&loop_, &check);
  Write writes[2];
  struct Context {
    Write* writes;
    uv_stream_t* left;
  } context = {writes, stream(left_)};
  check.data = &context;
  uv_check_start(&check, [](uv_check_t* check) {
    Context& context = *static_cast<Context*>(check->data);
    EXPECT_EQ(0, context.writes[0].start(context.left, "one"));
    EXPECT_EQ(0, context.writes[1].start(context.left, "two"));
    uv_close(reinterpret_cast<uv_handle_t*>(check), nullptr);
  });
  uv_run(&loop_, UV_RUN_NOWAIT);
  uv_os_fd_t other;
  ASSERT_EQ(0, uv_fileno(reinterpret_cast<uv_handle_t*>(&right_), &other));
  char text[16] = {};
  EXPECT_EQ(6, test_support::read_at_once(other, text, sizeof(text)));
  EXPECT_STREQ("onetwo", text);
  run_until([&] { return writes[1].calls == 1; });
}

TEST_F(Pair, AnEmptyWriteSucceeds) {
  Write write;
  ASSERT_EQ(0, write.start(stream(left_), ""));
  run_until([&] { return write.calls == 1; });
  EXPECT_EQ(0, write.status);
}

TEST_F(Pair, WritesInCallbacksGoOnForEver) {
  Write write;
  int rounds = 0;
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(right_)));
  write.done = [&] {
    if (++rounds == 1000) return;
    EXPECT_EQ(0, write.start(stream(left_), "r"));
  };
  ASSERT_EQ(0, write.start(stream(left_), "r"));
  run_until([&] { return reader.text.size() == 1000; });
  EXPECT_EQ(1000, rounds);
}

TEST_F(Pair, AnUnopenedStreamCanDoNothing) {
  uv_pipe_t unopened;
  uv_pipe_init(&loop_, &unopened, 0);
  Write write;
  Shutdown shutdown;
  Reader reader;
  EXPECT_EQ(UV_EBADF, write.start(stream(unopened), "x"));
  EXPECT_EQ(UV_ENOTCONN, shutdown.start(stream(unopened)));
  EXPECT_EQ(UV_ENOTCONN, reader.start(stream(unopened)));
  EXPECT_FALSE(uv_is_readable(stream(unopened)));
  EXPECT_FALSE(uv_is_writable(stream(unopened)));
  close(unopened);
  run_until([] { return true; });
}

}  // namespace
}  // namespace conformance

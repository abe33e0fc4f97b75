// What becomes of a handle that is sent over an IPC pipe.
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "stream_support.h"

namespace conformance {
namespace {

class Passing : public StreamTest {
 protected:
  void SetUp() override {
    StreamTest::SetUp();
    uv_os_sock_t ends[2];
    ASSERT_EQ(0, uv_socketpair(SOCK_STREAM, 0, ends, 0, 0));
    uv_pipe_init(&loop_, &left_, 1);
    uv_pipe_init(&loop_, &right_, 1);
    ASSERT_EQ(0, uv_pipe_open(&left_, ends[0]));
    ASSERT_EQ(0, uv_pipe_open(&right_, ends[1]));
  }

  int bind_somewhere(uv_tcp_t& tcp) {
    const sockaddr_in any = loopback(0);
    uv_tcp_init(&loop_, &tcp);
    EXPECT_EQ(0, uv_tcp_bind(&tcp, generic(any), 0));
    return port_of(tcp);
  }
  static int port_of(const uv_tcp_t& tcp) {
    sockaddr_in name = {};
    int size = sizeof(name);
    EXPECT_EQ(0, uv_tcp_getsockname(&tcp, reinterpret_cast<sockaddr*>(&name), &size));
    return name.sin_port;
  }
  // Closes the handle, and gives its descriptor's number to another file.
  int close_and_reuse(uv_tcp_t& tcp) {
    uv_os_fd_t descriptor = -1;
    EXPECT_EQ(0, uv_fileno(reinterpret_cast<uv_handle_t*>(&tcp), &descriptor));
    close(tcp);
    int file = open("/dev/null", O_RDONLY | O_CLOEXEC);
    EXPECT_EQ(descriptor, file);
    return file;
  }
  void expect_port(int port) {
    uv_tcp_t received;
    uv_tcp_init(&loop_, &received);
    EXPECT_EQ(UV_TCP, uv_pipe_pending_type(&right_));
    ASSERT_EQ(0, uv_accept(stream(right_), stream(received)));
    EXPECT_EQ(port, port_of(received));
    close(received);
    run_until([] { return true; });
  }

  uv_pipe_t left_;
  uv_pipe_t right_;
};

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
  uv_os_sock_t ends[2];
  ASSERT_EQ(0, uv_socketpair(SOCK_STREAM, 0, ends, 0, 0));
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

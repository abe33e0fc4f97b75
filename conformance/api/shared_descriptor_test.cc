// Several handles of one loop on one descriptor: they take turns. Who is active on it keeps the
// others out, already when they are opened; who is not is in nobody's way.
#include "shared_descriptor_support.h"
#include "socket_flags.h"
#include "udp_support.h"

namespace conformance {
namespace {

void ignore_connection(uv_stream_t*, int) {}

TEST_F(SharedDescriptor, AnIdleHandleIsNotInTheWay) {
  open_tcp(ends_[0]);
  expect_all(0, ends_[0]);
}

TEST_F(SharedDescriptor, AReadingHandleIsUntilItStops) {
  uv_tcp_t& tcp = open_tcp(ends_[0]);
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(tcp)));
  expect_all(UV_EEXIST, ends_[0]);
  uv_run(&loop_, UV_RUN_NOWAIT);
  expect_all(UV_EEXIST, ends_[0]);
  ASSERT_EQ(0, uv_read_stop(stream(tcp)));
  expect_all(0, ends_[0]);
}

TEST_F(SharedDescriptor, APollHandleIsUntilItStops) {
  uv_poll_t& poll = polls_.emplace_back();
  ASSERT_EQ(0, uv_poll_init(&loop_, &poll, ends_[0]));
  ASSERT_EQ(0, uv_poll_start(&poll, UV_READABLE, ignore_poll));
  expect_all(UV_EEXIST, ends_[0]);
  ASSERT_EQ(0, uv_poll_stop(&poll));
  expect_all(0, ends_[0]);
}

TEST_F(SharedDescriptor, AListenerKeepsOthersOut) {
  uv_tcp_t& server = new_tcp();
  const sockaddr_in anywhere = loopback(0);
  ASSERT_EQ(0, uv_tcp_bind(&server, generic(anywhere), 0));
  uv_os_fd_t descriptor;
  ASSERT_EQ(0, uv_fileno(reinterpret_cast<uv_handle_t*>(&server), &descriptor));
  ASSERT_EQ(0, uv_listen(stream(server), 1, ignore_connection));
  expect_all(UV_EEXIST, static_cast<int>(number_of(descriptor)));
}

// The listener rests until somebody takes its connection, and a poll handle comes in between. On
// libuv 1.44.2 it hears of no further connection.
TEST_F(SharedDescriptor, AListenerThatFindsItsDescriptorTakenGoesOnAfterwards) {
  REQUIRE_FUNCTION(violet_backend_report);
  uv_tcp_t& server = new_tcp();
  int announced = 0;
  server.data = &announced;
  sockaddr_in address = loopback(0);
  ASSERT_EQ(0, uv_tcp_bind(&server, generic(address), 0));
  ASSERT_EQ(0, uv_listen(stream(server), 2, [](uv_stream_t* listener, int status) {
              EXPECT_EQ(0, status);
              ++*static_cast<int*>(listener->data);
            }));
  int size = sizeof(address);
  ASSERT_EQ(0, uv_tcp_getsockname(&server, reinterpret_cast<sockaddr*>(&address), &size));
  int clients[2];
  for (int& client : clients) {
    client = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ASSERT_EQ(0, ::connect(client, generic(address), sizeof(address)));
  }
  run_until([&] { return announced == 1; });

  uv_os_fd_t descriptor;
  ASSERT_EQ(0, uv_fileno(reinterpret_cast<uv_handle_t*>(&server), &descriptor));
  uv_poll_t& poll = polls_.emplace_back();
  ASSERT_EQ(0, uv_poll_init(&loop_, &poll, static_cast<int>(number_of(descriptor))));
  ASSERT_EQ(0, uv_poll_start(&poll, UV_READABLE, ignore_poll));
  uv_tcp_t& accepted = new_tcp();
  ASSERT_EQ(0, uv_accept(stream(server), stream(accepted)));
  ASSERT_EQ(0, uv_poll_stop(&poll));
  run_until([&] { return announced == 2; });
  for (int client : clients)
    ::close(client);
}

TEST_F(SharedDescriptor, AReceivingUdpHandleIsUntilItStops) {
  uv_udp_t receiving, other;
  uv_udp_init(&loop_, &receiving);
  uv_udp_init(&loop_, &other);
  const int descriptor = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  ASSERT_EQ(0, uv_udp_open(&receiving, descriptor));
  auto allocate = [](uv_handle_t*, size_t, uv_buf_t* buffer) { *buffer = uv_buf_init(nullptr, 0); };
  auto ignore = [](uv_udp_t*, ssize_t, const uv_buf_t*, const sockaddr*, unsigned) {};
  ASSERT_EQ(0, uv_udp_recv_start(&receiving, allocate, ignore));
  expect_all(UV_EEXIST, descriptor);
  EXPECT_EQ(UV_EEXIST, uv_udp_open(&other, descriptor));
  ASSERT_EQ(0, uv_udp_recv_stop(&receiving));
  EXPECT_EQ(0, uv_udp_open(&other, descriptor));
  close(receiving);
  close(other);
  run_until([] { return true; });
}

TEST_F(SharedDescriptor, WhatWasRefusedStaysUnopened) {
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(open_tcp(ends_[0]))));
  uv_tcp_t& refused = new_tcp();
  ASSERT_EQ(UV_EEXIST, uv_tcp_open(&refused, ends_[0]));
  uv_os_fd_t descriptor;
  EXPECT_EQ(UV_EBADF, uv_fileno(reinterpret_cast<uv_handle_t*>(&refused), &descriptor));
  EXPECT_EQ(0, uv_tcp_open(&refused, ::dup(ends_[0]))) << "and can be opened on another";
}

// Two readers on one end of a pipe and two writers on the other, opened while all are idle.
TEST_F(SharedDescriptor, PairsOnTheSameTwoDescriptorsWorkOneAfterTheOther) {
  uv_file fifo[2];
  ASSERT_EQ(0, uv_pipe(fifo, UV_NONBLOCK_PIPE, UV_NONBLOCK_PIPE));
  uv_pipe_t* readers[] = {&open_pipe(fifo[0]), &open_pipe(fifo[0])};
  uv_pipe_t* writers[] = {&open_pipe(fifo[1]), &open_pipe(fifo[1])};
  for (int i : {0, 1, 0}) {
    Reader reader;
    Write write;
    ASSERT_EQ(0, write.start(stream(*writers[i]), "hello"));
    ASSERT_EQ(0, reader.start(stream(*readers[i]))) << "pair " << i;
    run_until([&] { return write.calls == 1 && reader.text.size() == 5; });
    EXPECT_EQ(0, write.status);
    EXPECT_EQ("hello", reader.text);
    ASSERT_EQ(0, uv_read_stop(stream(*readers[i])));
  }
}

// The same without an iteration between the stop and the other's start.
TEST_F(SharedDescriptor, TheNextReaderMayStartAtOnce) {
  uv_tcp_t& first = open_tcp(ends_[0]);
  uv_tcp_t& second = open_tcp(ends_[0]);
  Reader readers[2];
  ASSERT_EQ(0, readers[0].start(stream(first)));
  uv_run(&loop_, UV_RUN_NOWAIT);
  ASSERT_EQ(0, uv_read_stop(stream(first)));
  ASSERT_EQ(0, readers[1].start(stream(second)));
  ASSERT_EQ(2, ::write(ends_[1], "ab", 2));
  run_until([&] { return readers[1].text == "ab"; });
  EXPECT_EQ("", readers[0].text);
  ASSERT_EQ(0, uv_read_stop(stream(second)));
  ASSERT_EQ(0, readers[0].start(stream(first)));
  ASSERT_EQ(2, ::write(ends_[1], "cd", 2));
  run_until([&] { return readers[0].text == "cd"; });
  EXPECT_EQ("ab", readers[1].text);
}

}  // namespace
}  // namespace conformance

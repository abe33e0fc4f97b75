// Receiving: what an engine that receives ahead must keep the same as one that does not.
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <thread>

#include "socket_flags.h"
#include "udp_support.h"

namespace {

using conformance::joined;
using conformance::Pair;
using conformance::Request;
using conformance::Socket;
using conformance::Texts;
using conformance::UdpTest;

// Differs between neighbours and between messages.
std::string message_of(unsigned number, std::size_t size) {
  std::string text(size, '\0');
  for (std::size_t i = 0; i < size; ++i)
    text[i] = static_cast<char>((i * 31 + number * 7) >> 3);
  return text;
}

TEST_F(UdpTest, LargeMessagesComeWhole) {
  Pair pair(loop);
  ASSERT_EQ(0, pair.server.start());
  constexpr std::size_t kSizes[] = {65507, 1, 40000, 65507, 0, 8192, 100};
  Texts sent;
  for (std::size_t size : kSizes) {
    sent.push_back(message_of(static_cast<unsigned>(sent.size()), size));
    ASSERT_EQ(static_cast<int>(size), pair.client.try_send(sent.back(), &pair.server));
    receive(pair.server, sent.size());
  }
  EXPECT_EQ(sent, pair.server.texts());
  for (const auto& message : pair.server.received)
    EXPECT_EQ(0u, message.flags);
}

TEST_F(UdpTest, LargeMessagesInARowComeWhole) {
  Pair pair(loop);
  ASSERT_EQ(0, pair.server.start());
  Texts sent;
  // As many as fit into the system's buffer at its default size.
  for (unsigned i = 0; i < 2; ++i) {
    sent.push_back(message_of(i, 60000));
    ASSERT_EQ(60000, pair.client.try_send(sent.back(), &pair.server));
  }
  receive(pair.server, sent.size());
  EXPECT_EQ(sent, pair.server.texts());
}

TEST_F(UdpTest, ALongMessageIsCutToTheBufferAndTheNextIsNot) {
  Pair pair(loop);
  ASSERT_EQ(0, pair.server.start());
  pair.server.memory.resize(100);
  pair.client.try_send(message_of(1, 60000), &pair.server);
  pair.client.try_send(message_of(2, 100), &pair.server);
  receive(pair.server, 2);
  EXPECT_EQ(Texts({message_of(1, 60000).substr(0, 100), message_of(2, 100)}), pair.server.texts());
  EXPECT_EQ(static_cast<unsigned>(UV_UDP_PARTIAL), pair.server.received[0].flags);
  EXPECT_EQ(0u, pair.server.received[1].flags);
}

TEST_F(UdpTest, TellsTheSenderOfEachMessage) {
  Pair pair(loop);
  Socket other(loop);
  ASSERT_EQ(0, other.bind());
  ASSERT_EQ(0, pair.server.start());
  for (int i = 0; i < 3; ++i) {
    pair.client.try_send("client", &pair.server);
    other.try_send("other", &pair.server);
  }
  receive(pair.server, 6);
  for (int i = 0; i < 6; ++i) {
    Socket& sender = i % 2 == 0 ? pair.client : other;
    EXPECT_EQ(sender.name().sin_port, pair.server.received[i].port) << i;
  }
}

TEST_F(UdpTest, TellsWhenThereIsNothingMore) {
  Pair pair(loop);
  ASSERT_EQ(0, pair.server.start());
  for (unsigned i = 1; i <= 30; ++i) {
    pair.send(1);
    receive(pair.server, i);
  }
  EXPECT_GE(pair.server.empty_reports, 29);
  EXPECT_EQ(pair.server.allocations, 30 + pair.server.empty_reports) << "each with its own buffer";
}

TEST_F(UdpTest, ABacklogAfterSingleMessagesComesInOrder) {
  Pair pair(loop);
  ASSERT_EQ(0, pair.server.start());
  Texts sent;
  for (unsigned round = 0; round < 20; ++round) {
    sent = joined(sent, pair.send(1, round));
    receive(pair.server, sent.size());
  }
  sent = joined(sent, pair.send(100, 20));
  receive(pair.server, sent.size());
  EXPECT_EQ(sent, pair.server.texts());
}

TEST_F(UdpTest, WhatCameBeforeAStopComesAfterTheNextStart) {
  Pair pair(loop);
  ASSERT_EQ(0, pair.server.start());
  turn();
  Texts sent = pair.send(50);
  pair.server.then = [](Socket& self) { uv_udp_recv_stop(&self.udp); };
  receive(pair.server, 1);
  EXPECT_FALSE(pair.server.active());
  sent = joined(sent, pair.send(50, 50));
  turn();
  EXPECT_EQ(1u, pair.server.received.size());
  pair.server.then = nullptr;
  ASSERT_EQ(0, pair.server.start());
  receive(pair.server, 100);
  EXPECT_EQ(sent, pair.server.texts());
}

TEST_F(UdpTest, StoppingForATurnLosesNothing) {
  Pair pair(loop);
  Texts sent;
  for (unsigned round = 0; round < 20; ++round) {
    ASSERT_EQ(0, pair.server.start());
    turn();
    sent = joined(sent, pair.send(5, round * 5));
    uv_udp_recv_stop(&pair.server.udp);
    const std::size_t before = pair.server.received.size();
    if (round % 2 == 0) turn();
    EXPECT_EQ(before, pair.server.received.size());
  }
  ASSERT_EQ(0, pair.server.start());
  receive(pair.server, sent.size());
  EXPECT_EQ(sent, pair.server.texts());
}

TEST_F(UdpTest, EachBatchEndsWithItsBufferComingBack) {
  if (conformance::kIsWindows) GTEST_SKIP() << "there they come one by one";
  Pair pair(loop, AF_INET | UV_UDP_RECVMMSG);
  ASSERT_EQ(0, pair.server.start());
  pair.server.memory.resize(2 * 65536);
  Texts sent = pair.send(4);
  sent.push_back("");
  pair.client.try_send("", &pair.server);
  sent = joined(sent, pair.send(4, 5));
  Texts came;
  int in_batch = 0, batches = 0;
  for (std::size_t next = 0; came.size() < sent.size() || in_batch > 0; ++next) {
    receive(pair.server, next + 1);
    const conformance::Received& message = pair.server.received[next];
    if ((message.flags & UV_UDP_MMSG_FREE) != 0) {
      EXPECT_TRUE(in_batch == 1 || in_batch == 2) << in_batch;
      in_batch = 0;
      ++batches;
    } else {
      EXPECT_EQ(static_cast<unsigned>(UV_UDP_MMSG_CHUNK), message.flags);
      came.push_back(message.text);
      ++in_batch;
    }
  }
  EXPECT_EQ(sent, came);
  EXPECT_GE(batches, 5);
}

TEST_F(UdpTest, ClosingFreesThePortAtOnce) {
  Pair pair(loop);
  ASSERT_EQ(0, pair.server.start());
  turn();
  pair.send(5);
  sockaddr_in name = pair.server.name();
  pair.server.close();
  Socket next(loop);
  ASSERT_EQ(0, uv_udp_bind(&next.udp, reinterpret_cast<sockaddr*>(&name), 0));
  ASSERT_EQ(0, next.start());
  pair.client.try_send("to the next", &next);
  receive(next, 1);
  EXPECT_EQ(Texts({"to the next"}), next.texts());
  EXPECT_TRUE(pair.server.received.empty());
}

TEST_F(UdpTest, ConnectsWhileReceiving) {
  Pair pair(loop);
  Socket other(loop);
  ASSERT_EQ(0, other.bind());
  ASSERT_EQ(0, pair.server.start());
  turn();
  sockaddr_in peer = pair.client.name();
  ASSERT_EQ(0, uv_udp_connect(&pair.server.udp, reinterpret_cast<sockaddr*>(&peer)));
  other.try_send("filtered", &pair.server);
  pair.client.try_send("from the peer", &pair.server);
  receive(pair.server, 1);
  ASSERT_EQ(0, uv_udp_connect(&pair.server.udp, nullptr));
  turn();
  EXPECT_EQ(Texts({"from the peer"}), pair.server.texts());
}

TEST_F(UdpTest, ReceivesOnAfterARefusal) {
  sockaddr_in address;
  {
    Socket gone(loop);
    ASSERT_EQ(0, gone.bind());
    address = gone.name();
  }
  Socket client(loop);
  ASSERT_EQ(0, uv_udp_connect(&client.udp, reinterpret_cast<sockaddr*>(&address)));
  ASSERT_EQ(0, client.start());
  turn();
  EXPECT_EQ(1, client.try_send("x", nullptr));
  receive(client, 1);
  EXPECT_EQ(UV_ECONNREFUSED, client.received[0].size);
  EXPECT_TRUE(client.active());
  Socket back(loop);
  ASSERT_EQ(0, uv_udp_bind(&back.udp, reinterpret_cast<sockaddr*>(&address), 0));
  EXPECT_EQ(5, back.try_send("hello", &client));
  receive(client, 2);
  EXPECT_EQ("hello", client.received[1].text);
}

TEST_F(UdpTest, ReceivesOnInAnotherThread) {
  Pair pair(loop);
  ASSERT_EQ(0, pair.server.start());
  turn();
  Texts sent = pair.send(10);
  std::thread([&] {
    receive(pair.server, 5);
    sent = joined(sent, pair.send(10, 10));
    receive(pair.server, 12);
  }).join();
  sent = joined(sent, pair.send(10, 20));
  receive(pair.server, 30);
  EXPECT_EQ(sent, pair.server.texts());
}

// Somebody else may hold a socket that was handed in, and must find what nobody asked us for.
TEST_F(UdpTest, LeavesToOthersWhatASharedSocketHas) {
  const int shared = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  ASSERT_GE(shared, 0);
  const int other = dup(shared);
  Socket server(loop), client(loop);
  ASSERT_EQ(0, uv_udp_open(&server.udp, shared));
  ASSERT_EQ(0, server.bind());
  ASSERT_EQ(0, server.start());
  turn();
  client.try_send("one", &server);
  receive(server, 1);
  server.then = [](Socket& self) { uv_udp_recv_stop(&self.udp); };
  for (const char* text : {"two", "three"})
    client.try_send(text, &server);
  receive(server, 2);
  pollfd readable = {};
  readable.fd = other;
  readable.events = POLLIN;
  EXPECT_EQ(1, poll(&readable, 1, 10'000));
  char bytes[16];
  EXPECT_EQ(5, recv(other, bytes, sizeof(bytes), MSG_DONTWAIT));
  close(other);
}

// BIND's threads serve one socket so; libuv notes in `flags` that it is bound.
TEST_F(UdpTest, ASecondHandleServesASocketWithTheFlagsOfTheFirst) {
  Socket first(loop), second(loop), client(loop);
  ASSERT_EQ(0, first.bind());
  uv_os_fd_t bound;
  ASSERT_EQ(0, uv_fileno(first.handle(), &bound));
  ASSERT_EQ(0, uv_udp_open(&second.udp, fcntl(bound, F_DUPFD_CLOEXEC, 0)));
  second.udp.flags = first.udp.flags;
  ASSERT_EQ(0, second.start());
  turn();
  client.try_send("one", &first);
  receive(second, 1);
  EXPECT_EQ(std::vector<std::string>{"one"}, second.texts());
}

}  // namespace

// How often the engine calls Windows, and with what: the calls of the library under test lead to
// functions of the test's own first.
#include <winsock2.h>

#include <windows.h>

#include <gtest/gtest.h>
#include <uv.h>

#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "detour.h"
#include "iocp_call_counter.h"
#include "open_handles.h"

extern "C" {
extern decltype(&WSARecv) __imp_WSARecv;
extern decltype(&WSASend) __imp_WSASend;
extern decltype(&SetFileCompletionNotificationModes) __imp_SetFileCompletionNotificationModes;
}

namespace {

using test_support::Detour;

struct Calls {
  int receives = 0;        // with a buffer
  int empty_receives = 0;  // of no bytes, to be told that some came
  int plain_receives = 0;  // that do not overlap
  int sends = 0;
};
Calls calls;

struct Detours;
Detours* detours = nullptr;

int WSAAPI count_receive(SOCKET socket, WSABUF* buffers, DWORD count, DWORD* size, DWORD* flags,
                         OVERLAPPED* overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine);
int WSAAPI count_send(SOCKET socket, WSABUF* buffers, DWORD count, DWORD* size, DWORD flags,
                      OVERLAPPED* overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine);

struct Detours {
  Detour<decltype(&WSARecv)> receive{__imp_WSARecv, count_receive};
  Detour<decltype(&WSASend)> send{__imp_WSASend, count_send};
  test_support::IocpCallCounter engine;
};

int WSAAPI count_receive(SOCKET socket, WSABUF* buffers, DWORD count, DWORD* size, DWORD* flags,
                         OVERLAPPED* overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine) {
  ++(overlapped == nullptr ? calls.plain_receives
     : buffers[0].len == 0 ? calls.empty_receives
                           : calls.receives);
  return detours->receive.original(socket, buffers, count, size, flags, overlapped, routine);
}

int WSAAPI count_send(SOCKET socket, WSABUF* buffers, DWORD count, DWORD* size, DWORD flags,
                      OVERLAPPED* overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine) {
  ++calls.sends;
  return detours->send.original(socket, buffers, count, size, flags, overlapped, routine);
}

struct End {
  uv_tcp_t handle;
  uv_connect_t connecting;
  uv_write_t writing;
  bool echoes = false;
  std::string received;

  uv_stream_t* stream() { return reinterpret_cast<uv_stream_t*>(&handle); }
  void write(const char* text) {
    uv_buf_t buffer =
        uv_buf_init(const_cast<char*>(text), static_cast<unsigned int>(std::strlen(text)));
    ASSERT_EQ(0, uv_write(&writing, stream(), &buffer, 1, nullptr));
  }
};

void lend(uv_handle_t*, std::size_t, uv_buf_t* buffer) {
  static char memory[65536];
  *buffer = uv_buf_init(memory, sizeof(memory));
}

void on_read(uv_stream_t* stream, ssize_t size, const uv_buf_t* buffer) {
  End& end = *static_cast<End*>(stream->data);
  if (size <= 0) return;
  end.received.append(buffer->base, static_cast<std::size_t>(size));
  if (end.echoes) end.write("pong");
}

// Connected handles of one loop, each of which reads.
class IocpCalls : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(0, uv_loop_init(&loop_));
    ASSERT_EQ(0, uv_tcp_init(&loop_, &server_));
    server_.data = this;
    uv_ip4_addr("127.0.0.1", 0, &address_);
    ASSERT_EQ(0, uv_tcp_bind(&server_, reinterpret_cast<sockaddr*>(&address_), 0));
    ASSERT_EQ(0, uv_listen(reinterpret_cast<uv_stream_t*>(&server_), 128,
                           [](uv_stream_t* listener, int status) {
                             ASSERT_EQ(0, status);
                             static_cast<IocpCalls*>(listener->data)->accept();
                           }));
    int size = sizeof(address_);
    ASSERT_EQ(0, uv_tcp_getsockname(&server_, reinterpret_cast<sockaddr*>(&address_), &size));
  }
  void TearDown() override {
    detours_.reset();
    detours = nullptr;
    uv_walk(
        &loop_, [](uv_handle_t* handle, void*) { uv_close(handle, nullptr); }, nullptr);
    uv_run(&loop_, UV_RUN_DEFAULT);
    EXPECT_EQ(0, uv_loop_close(&loop_));
  }

  void connect(std::size_t count) {
    const std::size_t wanted = servers_.size() + count;
    for (std::size_t i = 0; i < count; ++i) {
      clients_.push_back(std::make_unique<End>());
      End& end = *clients_.back();
      ASSERT_EQ(0, uv_tcp_init(&loop_, &end.handle));
      end.handle.data = &end;
      ASSERT_EQ(0,
                uv_tcp_connect(&end.connecting, &end.handle, reinterpret_cast<sockaddr*>(&address_),
                               [](uv_connect_t*, int status) { ASSERT_EQ(0, status); }));
      while (servers_.size() < wanted - count + i + 1)
        uv_run(&loop_, UV_RUN_ONCE);
    }
    turn(3);
  }
  void accept() {
    servers_.push_back(std::make_unique<End>());
    End& end = *servers_.back();
    ASSERT_EQ(0, uv_tcp_init(&loop_, &end.handle));
    end.handle.data = &end;
    ASSERT_EQ(0, uv_accept(reinterpret_cast<uv_stream_t*>(&server_), end.stream()));
  }
  void read(End& end) { ASSERT_EQ(0, uv_read_start(end.stream(), lend, on_read)); }
  void turn(int count) {
    for (int i = 0; i < count; ++i)
      uv_run(&loop_, UV_RUN_NOWAIT);
  }
  void run_until_received(End& end, std::size_t size) {
    while (end.received.size() < size)
      uv_run(&loop_, UV_RUN_ONCE);
  }
  void begin_to_count() {
    detours_ = std::make_unique<Detours>();
    detours = detours_.get();
    calls = {};
  }

  uv_loop_t loop_;
  uv_tcp_t server_;
  uv_timer_t timer_;
  sockaddr_in address_;
  std::vector<std::unique_ptr<End>> clients_, servers_;
  std::unique_ptr<Detours> detours_;
};

TEST_F(IocpCalls, AMessageCostsOneReceiveOneSendAndOnePacket) {
  connect(1);
  End& client = *clients_[0];
  End& server = *servers_[0];
  read(client);
  read(server);
  server.echoes = true;
  turn(2);
  begin_to_count();
  constexpr int kRounds = 200;
  for (int i = 1; i <= kRounds; ++i) {
    client.write("ping");
    run_until_received(client, static_cast<std::size_t>(i) * 4);
  }
  constexpr int kMessages = 2 * kRounds;
  EXPECT_EQ(kMessages, calls.sends);
  EXPECT_LE(calls.receives, kMessages);
  EXPECT_GE(calls.receives, kMessages - 2);
  EXPECT_EQ(0, calls.empty_receives);
  EXPECT_EQ(0, calls.plain_receives);
  EXPECT_LE(detours_->engine.packets, kMessages);
  EXPECT_LE(detours_->engine.waits, kMessages + kRounds);
  EXPECT_EQ(0, detours_->engine.cancels);
}

TEST_F(IocpCalls, ALoopOfIdleConnectionsSleepsInOneCall) {
  connect(50);
  for (auto& end : servers_)
    read(*end);
  turn(5);
  uv_timer_init(&loop_, &timer_);
  bool is_over = false;
  timer_.data = &is_over;
  uv_timer_start(
      &timer_, [](uv_timer_t* due) { *static_cast<bool*>(due->data) = true; }, 100, 0);
  begin_to_count();
  while (!is_over)
    uv_run(&loop_, UV_RUN_ONCE);
  EXPECT_LE(detours_->engine.waits, 3);
  EXPECT_EQ(0, detours_->engine.packets);
  EXPECT_EQ(0, calls.receives + calls.empty_receives + calls.plain_receives);
}

TEST_F(IocpCalls, OnlyAFewIdleConnectionsHaveABufferEach) {
  constexpr std::size_t kConnections = 60;
  connect(kConnections);
  begin_to_count();
  for (auto& end : servers_)
    read(*end);
  turn(1);
  EXPECT_EQ(16, calls.receives);
  EXPECT_EQ(static_cast<int>(kConnections) - 16, calls.empty_receives);
  // All of them hear what comes all the same.
  for (auto& end : clients_)
    end->write("word");
  for (auto& end : servers_)
    run_until_received(*end, 4);
  for (auto& end : servers_)
    EXPECT_EQ("word", end->received);
}

TEST_F(IocpCalls, ABusyConnectionGetsTheBufferOfAnIdleOne) {
  connect(17);
  for (auto& end : servers_)
    read(*end);
  turn(80);
  begin_to_count();
  End& client = *clients_[16];
  End& busy = *servers_[16];
  constexpr int kMessages = 100;
  for (int i = 1; i <= kMessages; ++i) {
    client.write("word");
    run_until_received(busy, static_cast<std::size_t>(i) * 4);
  }
  EXPECT_EQ(1, detours_->engine.cancels);
  EXPECT_GE(calls.receives, kMessages - 10) << "it has a buffer by now";
  EXPECT_LE(calls.empty_receives, 10);
  // Whose buffer it has hears what comes all the same, also several times.
  for (int i = 1; i <= 3; ++i) {
    for (std::size_t at = 0; at < 16; ++at) {
      clients_[at]->write("more");
      run_until_received(*servers_[at], static_cast<std::size_t>(i) * 4);
    }
  }
  for (std::size_t at = 0; at < 16; ++at)
    EXPECT_EQ("moremoremore", servers_[at]->received);
}

struct Hearer {
  uv_udp_t handle;
  std::size_t messages = 0;

  void listen(uv_loop_t* loop) {
    ASSERT_EQ(0, uv_udp_init(loop, &handle));
    handle.data = this;
    sockaddr_in address;
    uv_ip4_addr("127.0.0.1", 0, &address);
    ASSERT_EQ(0, uv_udp_bind(&handle, reinterpret_cast<sockaddr*>(&address), 0));
    ASSERT_EQ(0, uv_udp_recv_start(&handle, lend,
                                   [](uv_udp_t* udp, ssize_t, const uv_buf_t*,
                                      const sockaddr* sender, unsigned int) {
                                     Hearer& self = *static_cast<Hearer*>(udp->data);
                                     if (sender != nullptr) ++self.messages;
                                   }));
  }
  void send_from(uv_udp_t& sender) {
    sockaddr_in address;
    int size = sizeof(address);
    uv_udp_getsockname(&handle, reinterpret_cast<sockaddr*>(&address), &size);
    char word[] = "word";
    const uv_buf_t buffer = uv_buf_init(word, 4);
    ASSERT_EQ(4, uv_udp_try_send(&sender, &buffer, 1, reinterpret_cast<sockaddr*>(&address)));
  }
};

// Many, so that most have no buffer and are told by a receive of nothing, which "more data" ends.
void hear_datagrams() {
  uv_loop_t loop;
  ASSERT_EQ(0, uv_loop_init(&loop));
  std::vector<std::unique_ptr<Hearer>> hearers;
  for (int i = 0; i < 20; ++i) {
    hearers.push_back(std::make_unique<Hearer>());
    hearers.back()->listen(&loop);
  }
  uv_udp_t sender;
  ASSERT_EQ(0, uv_udp_init(&loop, &sender));
  for (std::size_t round = 1; round <= 10; ++round) {
    for (auto& hearer : hearers)
      hearer->send_from(sender);
    for (auto& hearer : hearers) {
      while (hearer->messages < round)
        uv_run(&loop, UV_RUN_ONCE);
    }
  }
  uv_walk(
      &loop, [](uv_handle_t* handle, void*) { uv_close(handle, nullptr); }, nullptr);
  uv_run(&loop, UV_RUN_DEFAULT);
  EXPECT_EQ(0, uv_loop_close(&loop));
}

BOOL WINAPI refuse_modes(HANDLE, UCHAR) {
  return FALSE;
}

// Layers below Winsock that other software installs may not know how to skip packets; a loop that
// waits for one too many or too few leaves its port behind.
TEST(IocpPackets, EachIsCountedWhetherSomeAreSkippedOrNot) {
  hear_datagrams();
  for (bool skips : {true, false}) {
    const int before = test_support::count_open_handles();
    if (skips) {
      hear_datagrams();
    } else {
      Detour<decltype(&SetFileCompletionNotificationModes)> refuse(
          __imp_SetFileCompletionNotificationModes, refuse_modes);
      hear_datagrams();
    }
    // Those of threads that the system ends become fewer.
    EXPECT_GE(before, test_support::count_open_handles()) << (skips ? "skipped" : "all come");
  }
}

// What came in the moment in which the buffer was taken away is not lost.
TEST_F(IocpCalls, NothingIsLostWhenABufferIsTakenAway) {
  connect(17);
  for (auto& end : servers_)
    read(*end);
  std::string expected;
  for (int round = 0; round < 30; ++round) {
    turn(70);
    for (auto& end : clients_)
      end->write("word");
    expected += "word";
    for (auto& end : servers_)
      run_until_received(*end, expected.size());
  }
  for (auto& end : servers_)
    EXPECT_EQ(expected, end->received);
}

}  // namespace

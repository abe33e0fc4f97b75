// A loop whose runs are made by different threads, one after the other, with work of every kind
// under way. The thread that ran it before has ended, or lives on without touching the loop.
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>
#include <thread>
#include <vector>

#include "platform.h"
#include "stream_support.h"
#include "system.h"

namespace conformance {
namespace {

enum class Former { kHasEnded, kLivesOn };

class LoopMove : public StreamTest, public testing::WithParamInterface<Former> {
 protected:
  void SetUp() override {
    StreamTest::SetUp();
    ASSERT_EQ(0, uv_sem_init(&leave_, 0));
    uv_tcp_init(&loop_, &server_);
    server_.data = this;
    const sockaddr_in any = loopback(0);
    ASSERT_EQ(0, uv_tcp_bind(&server_, generic(any), 0));
    ASSERT_EQ(0, uv_listen(stream(server_), 16, on_connection));
    int size = sizeof(address_);
    ASSERT_EQ(0, uv_tcp_getsockname(&server_, reinterpret_cast<sockaddr*>(&address_), &size));
  }

  void TearDown() override {
    StreamTest::TearDown();
    for (std::size_t i = 0; i < threads_.size(); ++i)
      uv_sem_post(&leave_);
    for (std::thread& thread : threads_)
      thread.join();
    uv_sem_destroy(&leave_);
  }

  static void on_connection(uv_stream_t* server, int status) {
    LoopMove& test = *static_cast<LoopMove*>(server->data);
    EXPECT_EQ(0, status);
    test.accepted_.push_back(std::make_unique<uv_tcp_t>());
    uv_tcp_init(&test.loop_, test.accepted_.back().get());
    EXPECT_EQ(0, uv_accept(server, stream(*test.accepted_.back())));
  }

  // Does it on a thread of its own, and comes back when it is done there.
  void elsewhere(const std::function<void()>& work) {
    if (GetParam() == Former::kHasEnded) {
      std::thread(work).join();
      return;
    }
    uv_sem_t done;
    ASSERT_EQ(0, uv_sem_init(&done, 0));
    threads_.emplace_back([&work, &done, this] {
      work();
      uv_sem_post(&done);
      uv_sem_wait(&leave_);
    });
    uv_sem_wait(&done);
    uv_sem_destroy(&done);
  }
  void run_elsewhere(int turns = 3) {
    elsewhere([this, turns] {
      for (int i = 0; i < turns; ++i)
        uv_run(&loop_, UV_RUN_NOWAIT);
    });
  }

  void start_client() {
    clients_.push_back(std::make_unique<uv_tcp_t>());
    connects_.push_back(std::make_unique<Connect>());
    uv_tcp_init(&loop_, clients_.back().get());
    ASSERT_EQ(0, uv_tcp_connect(connects_.back()->prepared(), clients_.back().get(),
                                generic(address_), Connect::on_done));
  }
  // A client and what the server accepted, connected on another thread.
  void connect_elsewhere() {
    start_client();
    elsewhere([this] { run_until([this] { return is_connected(); }); });
  }
  bool is_connected() const {
    return connects_.back()->status == 0 && accepted_.size() == clients_.size();
  }
  uv_stream_t* client() { return stream(*clients_[0]); }
  uv_stream_t* peer() { return stream(*accepted_[0]); }
  void send_now(const std::string& text) {
    std::string bytes = text;
    uv_buf_t buffer = uv_buf_init(&bytes[0], static_cast<unsigned int>(bytes.size()));
    ASSERT_EQ(static_cast<int>(bytes.size()), uv_try_write(client(), &buffer, 1));
  }

  uv_tcp_t server_;
  sockaddr_in address_ = {};
  std::vector<std::unique_ptr<uv_tcp_t>> accepted_;
  std::vector<std::unique_ptr<uv_tcp_t>> clients_;
  std::vector<std::unique_ptr<Connect>> connects_;
  std::vector<std::thread> threads_;
  uv_sem_t leave_;
};

TEST_P(LoopMove, AReadGoesOn) {
  connect_elsewhere();
  Reader reader;
  ASSERT_EQ(0, reader.start(peer()));
  run_elsewhere();
  send_now("one");
  run_until([&] { return reader.text == "one"; });
  send_now("two");
  run_elsewhere();
  run_until([&] { return reader.text == "onetwo"; });
  close(*clients_[0]);
  run_until([&] { return reader.end == UV_EOF; });
}

TEST_P(LoopMove, WhatWasReceivedAndNotReadIsKept) {
  connect_elsewhere();
  Reader reader;
  reader.after_read = [](uv_stream_t* from) { uv_read_stop(from); };
  ASSERT_EQ(0, reader.start(peer(), allocate_one_byte));
  send_now("abc");
  elsewhere([&] { run_until([&] { return reader.text == "a"; }); });
  send_now("def");
  run_elsewhere();
  EXPECT_EQ("a", reader.text);
  reader.after_read = nullptr;
  ASSERT_EQ(0, reader.start(peer(), allocate_one_byte));
  run_until([&] { return reader.text == "abcdef"; });
}

TEST_P(LoopMove, AWriteUnderWayGoesOn) {
  connect_elsewhere();
  const std::string sent = pattern(8 << 20);
  Write write;
  Write last;
  ASSERT_EQ(0, write.start(client(), sent));
  ASSERT_EQ(0, last.start(client(), "the end"));
  run_elsewhere(10);
  ASSERT_EQ(1, write.status) << "nobody reads yet";
  Reader reader;
  ASSERT_EQ(0, reader.start(peer()));
  const std::size_t size = sent.size() + last.text.size();
  elsewhere([&] { run_until([&] { return reader.text.size() > size / 2; }); });
  run_until([&] { return reader.text.size() == size && last.calls == 1; });
  EXPECT_EQ(0, write.status);
  EXPECT_EQ(0, last.status);
  EXPECT_EQ(1, write.calls);
  EXPECT_TRUE(sent + "the end" == reader.text);
}

TEST_P(LoopMove, AListenerGoesOn) {
  run_elsewhere();
  start_client();
  run_until([&] { return is_connected(); });
  start_client();
  run_elsewhere();
  run_until([&] { return is_connected(); });
  EXPECT_EQ(2u, accepted_.size());
}

// The server's queue is full, so that the connect waits until there is room.
TEST_P(LoopMove, AConnectUnderWayGoesOn) {
  if (!kIsLinux) GTEST_SKIP() << "a full queue resets whoever comes";
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof(address);
  ASSERT_EQ(0, bind(listener, generic(address), size));
  ASSERT_EQ(0, ::listen(listener, 0));
  getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  int filler = socket(AF_INET, SOCK_STREAM, 0);
  ASSERT_EQ(0, ::connect(filler, generic(address), size));
  address_ = address;
  start_client();
  run_elsewhere(10);
  run_elsewhere(10);
  EXPECT_EQ(1, connects_[0]->status) << "it is not connected yet, and has not failed";
  ::close(accept(listener, nullptr, nullptr));
  run_until([&] { return connects_[0]->status != 1; });
  EXPECT_EQ(0, connects_[0]->status);
  ::close(filler);
  ::close(listener);
}

TEST_P(LoopMove, APolledDescriptorGoesOnWithoutAFalseEvent) {
  int ends[2];
  ASSERT_EQ(0, test_support::open_nonblocking_sockets(SOCK_STREAM, ends));
  uv_poll_t watcher;
  std::vector<std::pair<int, int>> told;
  watcher.data = &told;
  ASSERT_EQ(0, uv_poll_init(&loop_, &watcher, ends[0]));
  ASSERT_EQ(
      0, uv_poll_start(&watcher, UV_READABLE, [](uv_poll_t* handle, int status, int events) {
        static_cast<std::vector<std::pair<int, int>>*>(handle->data)->emplace_back(status, events);
        uv_poll_stop(handle);
      }));
  run_elsewhere();
  run_elsewhere();
  for (int i = 0; i < 3; ++i)
    uv_run(&loop_, UV_RUN_NOWAIT);
  EXPECT_TRUE(told.empty());
  ASSERT_EQ(1, ::write(ends[1], "x", 1));
  run_until([&] { return !told.empty(); });
  EXPECT_EQ((std::vector<std::pair<int, int>>{{0, UV_READABLE}}), told);
  close(watcher);
  run_until([] { return true; });
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST_P(LoopMove, AnAsyncSentMeanwhileIsNotLost) {
  uv_async_t async;
  int calls = 0;
  async.data = &calls;
  ASSERT_EQ(
      0, uv_async_init(&loop_, &async, [](uv_async_t* sent) { ++*static_cast<int*>(sent->data); }));
  run_elsewhere();
  uv_async_send(&async);
  run_until([&] { return calls == 1; });
  run_elsewhere();
  uv_async_send(&async);
  elsewhere([&] { run_until([&] { return calls == 2; }); });
  close(async);
  run_until([] { return true; });
}

TEST_P(LoopMove, EverythingUnderWayCanBeClosedByAnother) {
  connect_elsewhere();
  Write write;
  Reader reader;
  ASSERT_EQ(0, write.start(client(), pattern(8 << 20)));
  ASSERT_EQ(0, reader.start(client()));
  start_client();
  run_elsewhere(10);
  close(*clients_[0]);
  close(*accepted_[0]);
  close(server_);
  run_until([&] { return write.calls == 1; });
  EXPECT_EQ(UV_ECANCELED, write.status);
  EXPECT_EQ(0, reader.end);
}

TEST_P(LoopMove, ManyMovesLoseNothing) {
  connect_elsewhere();
  const std::string sent = pattern(2 << 20);
  Write write;
  Reader reader;
  ASSERT_EQ(0, write.start(client(), sent));
  ASSERT_EQ(0, reader.start(peer()));
  for (int i = 0; i < 20; ++i) {
    run_elsewhere(2);
    uv_run(&loop_, UV_RUN_NOWAIT);
  }
  run_until([&] { return reader.text.size() == sent.size(); });
  EXPECT_TRUE(sent == reader.text);
  EXPECT_EQ(0, write.status);
}

INSTANTIATE_TEST_SUITE_P(, LoopMove, testing::Values(Former::kHasEnded, Former::kLivesOn),
                         [](const testing::TestParamInfo<Former>& info) {
                           return info.param == Former::kHasEnded ? "ThreadHasEnded"
                                                                  : "ThreadLivesOn";
                         });

}  // namespace
}  // namespace conformance

// An embedder waits in the loop's place by means of its own (on uv_backend_fd(), or on Windows on
// the loop's port), and runs the loop when there is something to do.
#include <thread>

#include "backend_wait.h"
#include "stream_support.h"

using test_support::wait_on_backend;

namespace conformance {
namespace {

class Embed : public StreamTest {
 protected:
  void SetUp() override {
    StreamTest::SetUp();
    uv_tcp_init(&loop_, &server_);
    uv_tcp_init(&loop_, &client_);
    uv_tcp_init(&loop_, &accepted_);
    server_.data = &accepted_;
    sockaddr_in address = loopback(0);
    int size = sizeof(address);
    ASSERT_EQ(0, uv_tcp_bind(&server_, generic(address), 0));
    ASSERT_EQ(0, uv_listen(stream(server_), 4, [](uv_stream_t* server, int) {
                EXPECT_EQ(0, uv_accept(server, static_cast<uv_stream_t*>(server->data)));
              }));
    uv_tcp_getsockname(&server_, reinterpret_cast<sockaddr*>(&address), &size);
    ASSERT_EQ(0, uv_tcp_connect(connect_.prepared(), &client_, generic(address), Connect::on_done));
    run_until([&] { return connect_.status == 0 && uv_is_readable(stream(accepted_)) != 0; });
  }

  // Waits as an embedder does, then runs what there is. False when it had to wait for ten seconds:
  // poll(2) looks once more when its time is over, and may then find what it was not told of.
  bool wait_and_run() {
    const int timeout = uv_backend_timeout(&loop_);
    const bool is_limited = timeout < 0 || timeout > kLimit;
    const std::uint64_t before = uv_hrtime();
    wait_on_backend(loop_, is_limited ? kLimit : timeout);
    const bool expired = uv_hrtime() - before >= kLimit * std::uint64_t{1'000'000};
    uv_run(&loop_, UV_RUN_NOWAIT);
    return !is_limited || !expired;
  }
  void embed_until(const std::function<bool()>& condition) {
    while (!condition())
      ASSERT_TRUE(wait_and_run()) << "the descriptor told of nothing";
  }

  static constexpr int kLimit = 10'000;

  uv_tcp_t server_;
  uv_tcp_t client_;
  uv_tcp_t accepted_;
  Connect connect_;
};

TEST_F(Embed, DataThatComesIsTold) {
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(accepted_)));
  Write write;
  ASSERT_EQ(0, write.start(stream(client_), "bytes"));
  embed_until([&] { return reader.text == "bytes" && write.calls == 1; });
}

TEST_F(Embed, WhatIsLeftUnreadIsToldAgain) {
  Reader reader;
  reader.after_read = [](uv_stream_t* from) { uv_read_stop(from); };
  ASSERT_EQ(0, reader.start(stream(accepted_), allocate_one_byte));
  Write write;
  ASSERT_EQ(0, write.start(stream(client_), "abc"));
  embed_until([&] { return reader.text == "a"; });
  ASSERT_EQ(0, reader.start(stream(accepted_), allocate_one_byte));
  embed_until([&] { return reader.text == "ab"; });
  ASSERT_EQ(0, reader.start(stream(accepted_), allocate_one_byte));
  embed_until([&] { return reader.text == "abc"; });
}

TEST_F(Embed, ASendOfAnotherThreadIsTold) {
  uv_async_t async;
  int calls = 0;
  async.data = &calls;
  uv_async_init(&loop_, &async, [](uv_async_t* sent) { ++*static_cast<int*>(sent->data); });
  uv_run(&loop_, UV_RUN_NOWAIT);
  for (int round = 1; round <= 3; ++round) {
    std::thread sender([&] { uv_async_send(&async); });
    embed_until([&] { return calls == round; });
    sender.join();
  }
  close(async);
  run_until([] { return true; });
}

TEST_F(Embed, FinishedWorkIsTold) {
  uv_work_t work;
  bool done = false;
  work.data = &done;
  ASSERT_EQ(0, uv_queue_work(
                   &loop_, &work, [](uv_work_t*) {},
                   [](uv_work_t* request, int) { *static_cast<bool*>(request->data) = true; }));
  embed_until([&] { return done; });
}

TEST_F(Embed, TheTimeoutSaysWhenATimerIsDue) {
  uv_timer_t timer;
  bool fired = false;
  timer.data = &fired;
  uv_timer_init(&loop_, &timer);
  uv_timer_start(
      &timer, [](uv_timer_t* due) { *static_cast<bool*>(due->data) = true; }, 20, 0);
  embed_until([&] { return fired; });
  close(timer);
  run_until([] { return true; });
}

// One thread waits on the descriptor while the loop's own thread runs it when told.
TEST_F(Embed, AThreadOfItsOwnMayWait) {
  constexpr int kRounds = 200;
  Reader there;
  Reader back;
  std::string text(kRounds, 'x');
  Write writes[2];
  there.after_read = [&](uv_stream_t* from) { writes[1] = {}, writes[1].start(from, "x"); };
  back.after_read = [&](uv_stream_t* from) {
    if (back.reads < kRounds) writes[0] = {}, writes[0].start(from, "x");
  };
  ASSERT_EQ(0, there.start(stream(accepted_)));
  ASSERT_EQ(0, back.start(stream(client_)));
  writes[0].start(stream(client_), "x");
  uv_run(&loop_, UV_RUN_NOWAIT);
  uv_sem_t something;
  uv_sem_t wait_again;
  uv_sem_init(&something, 0);
  uv_sem_init(&wait_again, 0);
  bool over = false;
  int silent = 0;
  std::thread waiter([&] {
    while (!over) {
      if (!wait_on_backend(loop_, kLimit)) ++silent;
      uv_sem_post(&something);
      uv_sem_wait(&wait_again);
    }
  });
  while (!over) {
    uv_sem_wait(&something);
    uv_run(&loop_, UV_RUN_NOWAIT);
    over = back.reads >= kRounds || silent > 0;
    if (!over && uv_backend_timeout(&loop_) == 0) uv_run(&loop_, UV_RUN_NOWAIT);
    uv_sem_post(&wait_again);
  }
  waiter.join();
  uv_sem_destroy(&something);
  uv_sem_destroy(&wait_again);
  EXPECT_EQ(0, silent);
  EXPECT_EQ(text, back.text);
}

}  // namespace
}  // namespace conformance

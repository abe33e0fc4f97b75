// A loop of handles on which nothing happens sleeps: it makes no turns and uses no processor.
#include "process_support.h"  // First, as it says itself.

#include "pipe_support.h"

namespace conformance {
namespace {

class Idle : public NamedPipe {
 protected:
  // Lets what was begun settle, then runs the loop for a while and looks what it does meanwhile.
  void expect_sleep() {
    for (int turn = 0; turn < 20; ++turn)
      uv_run(&loop_, UV_RUN_NOWAIT);
    uv_prepare_t counter;
    int turns = 0;
    counter.data = &turns;
    uv_prepare_init(&loop_, &counter);
    uv_prepare_start(&counter, [](uv_prepare_t* prepare) { ++*static_cast<int*>(prepare->data); });
    uv_timer_t end;
    bool over = false;
    end.data = &over;
    uv_timer_init(&loop_, &end);
    uv_timer_start(
        &end, [](uv_timer_t* due) { *static_cast<bool*>(due->data) = true; }, kMilliseconds, 0);
    const std::uint64_t used_before = processor_time();
    while (!over)
      uv_run(&loop_, UV_RUN_ONCE);
    EXPECT_LE(turns, 4);
    // Of a loop that turns within its wait no turn is seen. A busy machine makes this less only.
    EXPECT_LE(processor_time() - used_before, kMilliseconds * 1000 / 3);
    close(counter);
    close(end);
    uv_run(&loop_, UV_RUN_NOWAIT);
  }

  // In microseconds.
  static std::uint64_t processor_time() {
    uv_rusage_t usage;
    EXPECT_EQ(0, uv_getrusage(&usage));
    const auto in_microseconds = [](const uv_timeval_t& time) {
      return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000 +
             static_cast<std::uint64_t>(time.tv_usec);
    };
    return in_microseconds(usage.ru_utime) + in_microseconds(usage.ru_stime);
  }

  // A connection over TCP: `ends_[0]` connects, `ends_[1]` is accepted.
  void connect() {
    uv_tcp_init(&loop_, &listener_);
    uv_tcp_init(&loop_, &ends_[0]);
    uv_tcp_init(&loop_, &ends_[1]);
    listener_.data = &ends_[1];
    sockaddr_in address = loopback(0);
    int size = sizeof(address);
    ASSERT_EQ(0, uv_tcp_bind(&listener_, generic(address), 0));
    ASSERT_EQ(0, uv_listen(stream(listener_), 4, [](uv_stream_t* server, int) {
                EXPECT_EQ(0, uv_accept(server, static_cast<uv_stream_t*>(server->data)));
              }));
    uv_tcp_getsockname(&listener_, reinterpret_cast<sockaddr*>(&address), &size);
    ASSERT_EQ(0,
              uv_tcp_connect(connected_.prepared(), &ends_[0], generic(address), Connect::on_done));
    run_until([&] { return connected_.status == 0 && uv_is_readable(stream(ends_[1])) != 0; });
  }

  static constexpr std::uint64_t kMilliseconds = 300;

  uv_tcp_t listener_;
  uv_tcp_t ends_[2];
  Connect connected_;
  Reader readers_[2];
};

TEST_F(Idle, ListenersAndConnections) {
  connect();
  for (int i = 0; i < 2; ++i)
    ASSERT_EQ(0, readers_[i].start(stream(ends_[i])));
  Write write;
  ASSERT_EQ(0, write.start(stream(ends_[0]), "a word"));
  run_until([&] { return readers_[1].text == "a word"; });
  expect_sleep();
}

TEST_F(Idle, ConnectionsThatNobodyReads) {
  connect();
  Write write;
  ASSERT_EQ(0, write.start(stream(ends_[0]), "a word"));
  run_until([&] { return write.calls == 1; });
  expect_sleep();
}

TEST_F(Idle, AReaderThatStoppedBeforeTheEnd) {
  connect();
  readers_[1].after_read = [](uv_stream_t* from) { uv_read_stop(from); };
  ASSERT_EQ(0, readers_[1].start(stream(ends_[1]), allocate_one_byte));
  Write write;
  ASSERT_EQ(0, write.start(stream(ends_[0]), "a word"));
  run_until([&] { return readers_[1].text == "a"; });
  close(ends_[0]);
  expect_sleep();
}

TEST_F(Idle, AConnectionThatWasReset) {
  connect();
  ASSERT_EQ(0, uv_tcp_close_reset(&ends_[0], nullptr));
  expect_sleep();
}

TEST_F(Idle, AConnectionAtItsEnd) {
  connect();
  ASSERT_EQ(0, readers_[1].start(stream(ends_[1])));
  close(ends_[0]);
  run_until([&] { return readers_[1].end != 0; });
  expect_sleep();
}

TEST_F(Idle, ConnectionsThatNobodyAccepts) {
  uv_tcp_init(&loop_, &listener_);
  uv_tcp_init(&loop_, &ends_[0]);
  sockaddr_in address = loopback(0);
  int size = sizeof(address);
  ASSERT_EQ(0, uv_tcp_bind(&listener_, generic(address), 0));
  int told = 0;
  listener_.data = &told;
  ASSERT_EQ(0, uv_listen(stream(listener_), 4,
                         [](uv_stream_t* server, int) { ++*static_cast<int*>(server->data); }));
  uv_tcp_getsockname(&listener_, reinterpret_cast<sockaddr*>(&address), &size);
  ASSERT_EQ(0,
            uv_tcp_connect(connected_.prepared(), &ends_[0], generic(address), Connect::on_done));
  run_until([&] { return connected_.status == 0 && told == 1; });
  expect_sleep();
}

TEST_F(Idle, Pipes) {
  ASSERT_EQ(0, uv_pipe_bind(&server_, path_.c_str()));
  listen();
  Connect connected;
  uv_pipe_connect(connected.prepared(), &client_, path_.c_str(), Connect::on_done);
  run_until([&] { return connected.status == 0 && has_accepted_; });
  ASSERT_EQ(0, readers_[0].start(stream(client_)));
  ASSERT_EQ(0, readers_[1].start(stream(accepted_)));
  Write write;
  ASSERT_EQ(0, write.start(stream(client_), "a word"));
  run_until([&] { return readers_[1].text == "a word"; });
  expect_sleep();
}

TEST_F(Idle, Datagrams) {
  uv_udp_t udp;
  ASSERT_EQ(0, uv_udp_init(&loop_, &udp));
  const sockaddr_in address = loopback(0);
  ASSERT_EQ(0, uv_udp_bind(&udp, generic(address), 0));
  ASSERT_EQ(0, uv_udp_recv_start(&udp, allocate_suggested,
                                 [](uv_udp_t*, ssize_t, const uv_buf_t* buffer, const sockaddr*,
                                    unsigned) { delete[] buffer->base; }));
  expect_sleep();
  close(udp);
  uv_run(&loop_, UV_RUN_NOWAIT);
  uv_run(&loop_, UV_RUN_NOWAIT);
}

TEST_F(Idle, TimersAsyncsAndSignals) {
  uv_timer_t timer;
  uv_timer_init(&loop_, &timer);
  uv_timer_start(
      &timer, [](uv_timer_t*) {}, 3'600'000, 0);
  uv_async_t async;
  ASSERT_EQ(0, uv_async_init(&loop_, &async, [](uv_async_t*) {}));
  ASSERT_EQ(0, uv_async_send(&async));
  uv_signal_t signal;
  ASSERT_EQ(0, uv_signal_init(&loop_, &signal));
  ASSERT_EQ(0, uv_signal_start(
                   &signal, [](uv_signal_t*, int) {}, kSomeSignal));
  expect_sleep();
  close(timer);
  close(async);
  close(signal);
  uv_run(&loop_, UV_RUN_NOWAIT);
}

TEST_F(Idle, WatchedFolders) {
  const TemporaryDirectory directory;
  uv_fs_event_t watched;
  ASSERT_EQ(0, uv_fs_event_init(&loop_, &watched));
  ASSERT_EQ(
      0, uv_fs_event_start(
             &watched, [](uv_fs_event_t*, const char*, int, int) {}, directory.path().c_str(), 0));
  expect_sleep();
  close(watched);
  run_until([] { return true; });
}

TEST_F(Idle, ChildrenThatRun) {
  Child child({told_child(), "--wait"});
  child.options.exit_cb = [](uv_process_t* process, std::int64_t, int) {
    ++static_cast<Child*>(process->data)->exits;
  };
  ASSERT_EQ(0, child.spawn(loop_));
  expect_sleep();
  EXPECT_EQ(0, uv_process_kill(&child.process, SIGKILL));
  run_until([&] { return child.exits == 1; });
  // One that has ended, and whose handle is open still.
  expect_sleep();
  child.close();
  run_until([] { return true; });
}

// In a terminal only.
class TtyIdle : public Idle {};

TEST_F(TtyIdle, ATerminalAtWhichNobodyTypes) {
  if (uv_guess_handle(0) != UV_TTY) GTEST_SKIP() << "standard input is no terminal";
  uv_tty_t terminal;
  ASSERT_EQ(0, uv_tty_init(&loop_, &terminal, 0, 0));
  ASSERT_EQ(0, readers_[0].start(stream(terminal)));
  expect_sleep();
  close(terminal);
  run_until([] { return true; });
}

}  // namespace
}  // namespace conformance

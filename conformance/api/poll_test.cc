#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>
#include <string>
#include <vector>

#include "engine_name.h"
#include "platform.h"
#include "socket_flags.h"
#include "support.h"
#if !defined(_WIN32)
#include "system.h"
#endif

namespace {

struct Watcher {
  struct Call {
    int status;
    int events;
    bool operator==(const Call&) const = default;
  };

  uv_poll_t handle = {};
  std::vector<Call> calls;
  void (*then)(Watcher&) = [](Watcher& self) { self.stop(); };

  ~Watcher() {
    if (handle.loop == nullptr || handle.type != UV_POLL) return;
    if (!uv_is_closing(reinterpret_cast<uv_handle_t*>(&handle))) close();
    uv_run(handle.loop, UV_RUN_NOWAIT);
  }

  static void on_poll(uv_poll_t* handle, int status, int events) {
    Watcher& watcher = *static_cast<Watcher*>(handle->data);
    watcher.calls.push_back({status, events});
    watcher.then(watcher);
  }

  int init(uv_loop_t& loop, int descriptor) {
    handle.data = this;
    int error = uv_poll_init(&loop, &handle, descriptor);
    if (error != 0) handle.type = UV_UNKNOWN_HANDLE;
    return error;
  }
  int start(int events) { return uv_poll_start(&handle, events, on_poll); }
  void stop() { EXPECT_EQ(0, uv_poll_stop(&handle)); }
  void close() { uv_close(reinterpret_cast<uv_handle_t*>(&handle), nullptr); }
  bool active() { return uv_is_active(reinterpret_cast<uv_handle_t*>(&handle)) != 0; }
};

using Calls = std::vector<Watcher::Call>;

void fill(int descriptor) {
  const char bytes[4096] = {};
  for (std::size_t size : {sizeof(bytes), std::size_t{1}}) {
    while (send(descriptor, bytes, size, MSG_DONTWAIT) > 0) {
    }
  }
}

void empty(int descriptor) {
  char bytes[4096];
  while (recv(descriptor, bytes, sizeof(bytes), MSG_DONTWAIT) > 0) {
  }
}

// Not every system has a notice of it.
bool tells_of_urgent_data() {
  static const bool answer = [] {
    uv_loop_t loop;
    EXPECT_EQ(0, uv_loop_init(&loop));
    const int probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int error = 0;
    {
      Watcher watcher;
      EXPECT_EQ(0, watcher.init(loop, probe));
      error = watcher.start(UV_PRIORITIZED);
    }
    EXPECT_EQ(0, uv_loop_close(&loop));
    close(probe);
    EXPECT_TRUE(error == 0 || error == UV_ENOTSUP) << error;
    return error == 0;
  }();
  return answer;
}

class PollTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(0, uv_loop_init(&loop));
    ASSERT_EQ(0, socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends));
  }
  void TearDown() override {
    uv_run(&loop, UV_RUN_DEFAULT);
    EXPECT_EQ(0, uv_loop_close(&loop));
    for (int end : ends) {
      if (end >= 0) close(end);
    }
  }
  void hang_up() {
    close(ends[1]);
    ends[1] = -1;
  }
  void turn() { uv_run(&loop, UV_RUN_NOWAIT); }

  // What is reported for a descriptor, once, when `events` are asked for.
  Calls reported(int descriptor, int events) {
    Watcher watcher;
    EXPECT_EQ(0, watcher.init(loop, descriptor));
    EXPECT_EQ(0, watcher.start(events));
    turn();
    watcher.close();
    uv_run(&loop, UV_RUN_DEFAULT);
    return watcher.calls;
  }

  uv_loop_t loop;
  int ends[2];
};

TEST_F(PollTest, MakesTheDescriptorNonBlocking) {
  Watcher watcher;
  ASSERT_EQ(0, watcher.init(loop, ends[0]));
#if !defined(_WIN32)  // Windows does not tell.
  EXPECT_NE(0, fcntl(ends[0], F_GETFL) & O_NONBLOCK);
#endif
  EXPECT_FALSE(watcher.active());
  uv_os_fd_t descriptor;
  EXPECT_EQ(0, uv_fileno(reinterpret_cast<uv_handle_t*>(&watcher.handle), &descriptor));
  EXPECT_EQ(ends[0], conformance::number_of(descriptor));
  watcher.close();
}

#if !defined(_WIN32)  // Sockets are all that can be polled there.
TEST_F(PollTest, RefusesDescriptorsThatCannotBePolled) {
  Watcher watcher;
  EXPECT_EQ(UV_EBADF, watcher.init(loop, -1));
  EXPECT_EQ(UV_EBADF, watcher.init(loop, 1000000));
  int file = open(conformance::kSomeFile, O_RDONLY | O_CLOEXEC);
  EXPECT_EQ(UV_EPERM, watcher.init(loop, file));
  close(file);
}

// Whether a file can be polled does not go by its kind: some regular files of the kernel can, some
// devices cannot.
TEST_F(PollTest, RefusesDevicesThatCannotBePolled) {
  Watcher device;
  int null_device = open("/dev/null", O_RDWR | O_CLOEXEC);
  const int error = device.init(loop, null_device);
  if (error == 0) device.close();
  close(null_device);
  if (error == 0 && !conformance::kIsLinux) GTEST_SKIP() << "this one can be polled here";
  EXPECT_EQ(UV_EPERM, error);
}

TEST_F(PollTest, PollsFilesOfTheKernel) {
  if (conformance::runs_on(loop, "kqueue"))
    GTEST_SKIP() << "its systems have no regular file that can be polled";
  if (!conformance::kIsLinux) GTEST_SKIP() << "there is no such file";
  Watcher watcher;
  int mounts = open("/proc/self/mounts", O_RDONLY | O_CLOEXEC);
  ASSERT_EQ(0, watcher.init(loop, mounts));
  ASSERT_EQ(0, watcher.start(UV_READABLE));
  uv_run(&loop, UV_RUN_DEFAULT);
  EXPECT_EQ(Calls({{0, UV_READABLE}}), watcher.calls);
  watcher.close();
  uv_run(&loop, UV_RUN_DEFAULT);
  close(mounts);
}
#endif

// The documentation forbids this order, but warns of wrong events only.
TEST_F(PollTest, SurvivesADescriptorThatIsClosedBeforeItsHandle) {
  Watcher watcher, other;
  ASSERT_EQ(0, watcher.init(loop, ends[0]));
  ASSERT_EQ(0, watcher.start(UV_READABLE | UV_WRITABLE));
  ASSERT_EQ(0, other.init(loop, ends[1]));
  ASSERT_EQ(0, other.start(tells_of_urgent_data() ? UV_PRIORITIZED : UV_DISCONNECT))
      << "keeps the loop alive";
  fill(ends[0]);
  turn();
  int copy = dup(ends[0]);
  close(ends[0]);
  ends[0] = copy;
  watcher.close();
  turn();
  watcher.calls.clear();
  // As when its memory belongs to somebody else.
  memset(static_cast<void*>(&watcher.handle), 0xff, sizeof(watcher.handle));
  empty(ends[1]);
  turn();
  EXPECT_EQ(Calls(), watcher.calls);
  watcher.handle = {};  // Its destructor looks at it.
  other.close();
}

TEST_F(PollTest, OneHandleForEachDescriptor) {
  Watcher first, second;
  ASSERT_EQ(0, first.init(loop, ends[0]));
  ASSERT_EQ(0, first.start(UV_READABLE));
  EXPECT_EQ(UV_EEXIST, second.init(loop, ends[0]));
  first.stop();
  EXPECT_EQ(0, second.init(loop, ends[0]));
  first.close();
  second.close();
}

TEST_F(PollTest, RefusesUnknownEvents) {
  if (!conformance::is_at_least(1, 52)) GTEST_SKIP() << "libuv 1.44 aborts";
  Watcher watcher;
  ASSERT_EQ(0, watcher.init(loop, ends[0]));
  EXPECT_EQ(UV_EINVAL, watcher.start(16));
  EXPECT_FALSE(watcher.active());
  watcher.close();
}

TEST_F(PollTest, IsLevelTriggered) {
  Watcher watcher;
  watcher.then = [](Watcher&) {};
  ASSERT_EQ(0, watcher.init(loop, ends[0]));
  ASSERT_EQ(0, watcher.start(UV_READABLE));
  turn();
  EXPECT_TRUE(watcher.calls.empty());
  ASSERT_EQ(1, write(ends[1], "x", 1));
  turn();
  turn();
  EXPECT_EQ(Calls({{0, UV_READABLE}, {0, UV_READABLE}}), watcher.calls);
  char byte;
  ASSERT_EQ(1, read(ends[0], &byte, 1));
  // An engine may have noticed the byte already; a spurious event is allowed, once.
  turn();
  std::size_t settled = watcher.calls.size();
  EXPECT_LE(settled, 3u);
  turn();
  EXPECT_EQ(settled, watcher.calls.size());
  watcher.close();
}

TEST_F(PollTest, ReportsOnlyWhatWasAskedFor) {
  ASSERT_EQ(1, write(ends[1], "x", 1));
  EXPECT_EQ(Calls({{0, UV_READABLE}}), reported(ends[0], UV_READABLE));
  EXPECT_EQ(Calls({{0, UV_WRITABLE}}), reported(ends[0], UV_WRITABLE));
  EXPECT_EQ(Calls({{0, UV_READABLE | UV_WRITABLE}}),
            reported(ends[0], UV_READABLE | UV_WRITABLE | UV_DISCONNECT));
  EXPECT_EQ(Calls(), reported(ends[0], UV_DISCONNECT));
}

TEST_F(PollTest, StartingAgainChangesTheEvents) {
  Watcher watcher;
  ASSERT_EQ(0, watcher.init(loop, ends[0]));
  ASSERT_EQ(0, watcher.start(UV_WRITABLE));
  ASSERT_EQ(0, watcher.start(UV_READABLE));
  turn();
  EXPECT_TRUE(watcher.calls.empty());
  ASSERT_EQ(0, watcher.start(UV_READABLE | UV_WRITABLE));
  turn();
  EXPECT_EQ(Calls({{0, UV_WRITABLE}}), watcher.calls);
  ASSERT_EQ(0, watcher.start(UV_WRITABLE));
  EXPECT_EQ(0, watcher.start(0));
  EXPECT_FALSE(watcher.active());
  turn();
  EXPECT_EQ(1u, watcher.calls.size());
  watcher.close();
}

TEST_F(PollTest, ReportsThatThePeerIsGone) {
  ASSERT_EQ(0, shutdown(ends[1], SHUT_WR));
  EXPECT_EQ(Calls({{0, UV_DISCONNECT}}), reported(ends[0], UV_DISCONNECT));
  EXPECT_EQ(Calls({{0, 7}}), reported(ends[0], 7));
  hang_up();
  EXPECT_EQ(Calls({{0, UV_DISCONNECT}}), reported(ends[0], UV_DISCONNECT));
  EXPECT_EQ(Calls({{0, UV_WRITABLE}}), reported(ends[0], UV_WRITABLE));
  // A pair of TCP does not tell a peer that is gone from one that writes no more.
  if (!tells_of_urgent_data() || conformance::kIsWindows) return;
  EXPECT_EQ(Calls({{0, UV_PRIORITIZED}}), reported(ends[0], UV_PRIORITIZED));
  EXPECT_EQ(Calls({{0, 7}}), reported(ends[0], 15));
}

TEST_F(PollTest, APeerThatWritesNoMoreIsNotRoomToWrite) {
  Watcher watcher;
  watcher.then = [](Watcher&) {};
  ASSERT_EQ(0, watcher.init(loop, ends[0]));
  ASSERT_EQ(0, watcher.start(UV_WRITABLE));
  ASSERT_EQ(0, shutdown(ends[1], SHUT_WR));
  for (std::size_t round = 1; round <= 3; ++round) {
    fill(ends[0]);
    watcher.calls.clear();
    turn();
    // An engine may have noticed the room of the last round already.
    const std::size_t late = watcher.calls.size();
    EXPECT_LE(late, 1u);
    for (int i = 0; i < 5; ++i)
      turn();
    EXPECT_EQ(late, watcher.calls.size());
    empty(ends[1]);
    uv_run(&loop, UV_RUN_ONCE);
    EXPECT_EQ(late + 1, watcher.calls.size());
    turn();
    EXPECT_EQ(late + 2, watcher.calls.size()) << "a state, not a change";
    for (const Watcher::Call& call : watcher.calls)
      EXPECT_EQ((Watcher::Call{0, UV_WRITABLE}), call);
  }
  watcher.calls.clear();
  if (tells_of_urgent_data()) {
    ASSERT_EQ(0, watcher.start(UV_PRIORITIZED));
    turn();
    turn();
    EXPECT_EQ(Calls(), watcher.calls);
  }
  ASSERT_EQ(0, watcher.start(UV_DISCONNECT));
  turn();
  EXPECT_EQ(Calls({{0, UV_DISCONNECT}}), watcher.calls);
  ASSERT_EQ(0, watcher.start(UV_READABLE));
  turn();
  EXPECT_EQ(Calls({{0, UV_DISCONNECT}, {0, UV_READABLE}}), watcher.calls);
  watcher.close();
}

#if !defined(_WIN32)  // Pipes are no sockets there.
TEST_F(PollTest, AnErrorConditionStopsTheHandle) {
  int pipe_ends[2];
  ASSERT_EQ(0, test_support::open_pipe(pipe_ends));
  close(pipe_ends[0]);
  for (int events : {2, 3})
    EXPECT_EQ(Calls({{UV_EBADF, 0}}), reported(pipe_ends[1], events)) << events;
  // Where it is read too, there is nothing wrong with its end.
  const bool both_ways = conformance::goes_both_ways(pipe_ends[1]);
  for (int events : {1, 4}) {
    const Watcher::Call expected =
        both_ways ? Watcher::Call{0, events} : Watcher::Call{UV_EBADF, 0};
    EXPECT_EQ(Calls({expected}), reported(pipe_ends[1], events)) << events;
  }
  if (tells_of_urgent_data()) {
    EXPECT_EQ(Calls({{0, UV_PRIORITIZED}}), reported(pipe_ends[1], UV_PRIORITIZED));
  }
  Watcher watcher;
  ASSERT_EQ(0, watcher.init(loop, pipe_ends[1]));
  ASSERT_EQ(0, watcher.start(UV_WRITABLE));
  watcher.then = [](Watcher& self) { EXPECT_FALSE(self.active()); };
  EXPECT_EQ(0, uv_run(&loop, UV_RUN_DEFAULT));
  watcher.close();
  close(pipe_ends[1]);
}
#endif

TEST_F(PollTest, ReportsUrgentData) {
  if (!tells_of_urgent_data()) GTEST_SKIP() << "the system has no notice of urgent data";
  int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  ASSERT_EQ(0, bind(server, reinterpret_cast<sockaddr*>(&address), size));
  ASSERT_EQ(0, listen(server, 1));
  ASSERT_EQ(0, getsockname(server, reinterpret_cast<sockaddr*>(&address), &size));
  int client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  ASSERT_EQ(0, connect(client, reinterpret_cast<sockaddr*>(&address), size));
  int accepted = accept(server, nullptr, nullptr);
  ASSERT_EQ(1, send(client, "!", 1, MSG_OOB));
  Watcher watcher;
  ASSERT_EQ(0, watcher.init(loop, accepted));
  ASSERT_EQ(0, watcher.start(UV_PRIORITIZED));
  uv_run(&loop, UV_RUN_DEFAULT);
  EXPECT_EQ(Calls({{0, UV_PRIORITIZED}}), watcher.calls);
  watcher.close();
  uv_run(&loop, UV_RUN_DEFAULT);
  for (int descriptor : {server, client, accepted})
    close(descriptor);
}

TEST_F(PollTest, MayStopOrCloseItselfAndOthersInTheCallback) {
  static Watcher* both[2];
  Watcher first, second;
  both[0] = &first;
  both[1] = &second;
  for (int i = 0; i < 2; ++i) {
    ASSERT_EQ(0, both[i]->init(loop, ends[i]));
    ASSERT_EQ(0, both[i]->start(UV_WRITABLE));
    both[i]->then = [](Watcher&) {
      both[0]->close();
      both[1]->close();
    };
  }
  EXPECT_EQ(0, uv_run(&loop, UV_RUN_DEFAULT));
  EXPECT_EQ(1u, first.calls.size() + second.calls.size());
  EXPECT_NE(-1, fcntl(ends[0], F_GETFD)) << "the descriptor stays the user's";
}

TEST_F(PollTest, RefusesAClosingHandle) {
  if (!conformance::is_at_least(1, 52)) GTEST_SKIP() << "libuv 1.44 aborts";
  Watcher watcher;
  ASSERT_EQ(0, watcher.init(loop, ends[0]));
  watcher.close();
  EXPECT_EQ(UV_EINVAL, watcher.start(UV_READABLE));
}

TEST_F(PollTest, TheSocketFormIsTheSame) {
  Watcher watcher;
  watcher.handle.data = &watcher;
  ASSERT_EQ(0, uv_poll_init_socket(&loop, &watcher.handle, ends[0]));
  ASSERT_EQ(0, watcher.start(UV_WRITABLE));
  EXPECT_EQ(0, uv_run(&loop, UV_RUN_DEFAULT));
  EXPECT_EQ(Calls({{0, UV_WRITABLE}}), watcher.calls);
  watcher.close();
}

TEST_F(PollTest, WorksAfterAFork) {
  Watcher watcher;
  ASSERT_EQ(0, watcher.init(loop, ends[0]));
  ASSERT_EQ(0, watcher.start(UV_READABLE));
  turn();
  ASSERT_EQ(0, uv_loop_fork(&loop));
  ASSERT_EQ(1, write(ends[1], "x", 1));
  EXPECT_EQ(0, uv_run(&loop, UV_RUN_DEFAULT));
  EXPECT_EQ(1u, watcher.calls.size());
  watcher.close();
}

}  // namespace

// The kqueue engine by itself: what the change list refuses, closed descriptors, ends with data
// left, long waits, fork.
#include <memory>
#include <thread>

#include "forked_engine.h"
#include "kqueue_support.h"

namespace violet {
namespace {

using KqueueEngineBasics = KqueueEngineTest;

TEST_F(KqueueEngineBasics, TellsAsLongAsThereIsSomething) {
  ASSERT_EQ(0, engine_->watch(channel_, kReadable));
  EXPECT_EQ(kNoEvents, told(channel_, 0));
  ASSERT_EQ(1, write(sockets_[1], "x", 1));
  EXPECT_EQ(kReadable, told(channel_));
  EXPECT_EQ(kReadable, told(channel_)) << "not read yet";
  char byte;
  ASSERT_EQ(1, read(sockets_[0], &byte, 1));
  EXPECT_EQ(kNoEvents, told(channel_, 0));
}

TEST_F(KqueueEngineBasics, ChangesOfMindCostNothing) {
  ASSERT_EQ(1, write(sockets_[1], "x", 1));
  ASSERT_EQ(0, engine_->watch(channel_, kReadable | kWritable));
  ASSERT_EQ(0, engine_->watch(channel_, kNoEvents));
  EXPECT_EQ(kNoEvents, told(channel_, 0));
  ASSERT_EQ(0, engine_->watch(channel_, kReadable | kWritable));
  // Each filter tells by itself; both are in one wait.
  EXPECT_EQ(kReadable | kWritable, told(channel_));
  ASSERT_EQ(0, engine_->watch(channel_, kWritable));
  EXPECT_EQ(kWritable, told(channel_));
}

TEST_F(KqueueEngineBasics, ARefusedChangeReachesItsChannel) {
  ASSERT_EQ(0, engine_->watch(channel_, kReadable | kWritable));
  close_socket(0);
  const Events events = told(channel_);
  EXPECT_TRUE((events & kError) != 0) << events;
  EXPECT_TRUE((events & kReadable) != 0) << "its owner finds out by reading";
  engine_->forget(channel_);
  EXPECT_EQ(kNoEvents, told(channel_, 0)) << "nothing of it is left";
}

TEST_F(KqueueEngineBasics, ARefusedChangeTakesNoOtherWithIt) {
  int others[2];
  ASSERT_EQ(0, socketpair(AF_UNIX, SOCK_STREAM, 0, others));
  Channel other;
  prepare(other, others[0], Nature::kSocket);
  ASSERT_EQ(0, engine_->watch(channel_, kReadable));
  ASSERT_EQ(0, engine_->watch(other, kReadable));
  close_socket(0);
  ASSERT_EQ(1, write(others[1], "x", 1));
  ReadyList ready;
  engine_->wait(kPatienceNs, ready);
  engine_->forget(channel_);
  if (ready.empty()) engine_->wait(kPatienceNs, ready);
  EXPECT_EQ(kReadable, other.events);
  engine_->forget(other);
  close(others[0]);
  close(others[1]);
}

TEST_F(KqueueEngineBasics, ADescriptorClosedWithAChangeQueuedIsForgotten) {
  ASSERT_EQ(0, engine_->watch(channel_, kReadable));
  EXPECT_EQ(kNoEvents, told(channel_, 0));
  ASSERT_EQ(0, engine_->watch(channel_, kNoEvents));
  close_socket(0);
  EXPECT_EQ(kNoEvents, told(channel_, 0)) << "the removal is refused, which nobody needs to know";
}

TEST_F(KqueueEngineBasics, MoreChangesThanACallTakes) {
  constexpr int kPairs = 200;
  struct Pair {
    int ends[2];
    Channel channels[2];
  };
  auto pairs = std::make_unique<Pair[]>(kPairs);
  for (int i = 0; i < kPairs; ++i) {
    ASSERT_EQ(0, socketpair(AF_UNIX, SOCK_STREAM, 0, pairs[i].ends));
    for (int end = 0; end < 2; ++end) {
      prepare(pairs[i].channels[end], pairs[i].ends[end], Nature::kSocket);
      ASSERT_EQ(0, engine_->watch(pairs[i].channels[end], kReadable | kWritable | kDisconnect));
    }
  }
  ReadyList ready;
  engine_->wait(kPatienceNs, ready);
  int told = 0;
  while (ReadyItem* item = ready.pop_front()) {
    EXPECT_EQ(kWritable, reinterpret_cast<Channel*>(item)->events);
    ++told;
  }
  EXPECT_EQ(2 * kPairs, told);
  for (int i = 0; i < kPairs; ++i) {
    for (int end = 0; end < 2; ++end) {
      engine_->forget(pairs[i].channels[end]);
      close(pairs[i].ends[end]);
    }
  }
}

TEST_F(KqueueEngineBasics, AtTheEndTheDataIsThereStill) {
  ASSERT_EQ(0, engine_->watch(channel_, kReceive));
  ASSERT_EQ(4, write(sockets_[1], "last", 4));
  close_socket(1);
  EXPECT_EQ(kReadable | kDisconnect, told(channel_));
  char bytes[8];
  ASSERT_EQ(4, read(sockets_[0], bytes, sizeof(bytes)));
  EXPECT_EQ(kReadable | kDisconnect, told(channel_)) << "the end is told as well";
  EXPECT_EQ(0, read(sockets_[0], bytes, sizeof(bytes)));
}

TEST_F(KqueueEngineBasics, WhoAwaitsTheEndOnlyIsNotKeptAwakeByBytes) {
  ASSERT_EQ(0, engine_->watch(channel_, kDisconnect));
  ASSERT_EQ(1, write(sockets_[1], "x", 1));
  EXPECT_EQ(kNoEvents, told(channel_, 50'000'000));
  EXPECT_EQ(kNoEvents, told(channel_, 0));
  close_socket(1);
  EXPECT_EQ(kDisconnect, told(channel_));
  EXPECT_EQ(kDisconnect, told(channel_)) << "the end stands";
}

TEST_F(KqueueEngineBasics, WaitsLongerThanSystemsTake) {
  for (std::uint64_t timeout :
       {kNoDeadline, kNoDeadline - 1, std::uint64_t{200'000'000} * 1'000'000'000}) {
    std::thread waker([this] {
      usleep(50'000);
      engine_->wake();
    });
    timespec before;
    timespec after;
    clock_gettime(CLOCK_MONOTONIC, &before);
    ReadyList ready;
    engine_->wait(timeout, ready);
    clock_gettime(CLOCK_MONOTONIC, &after);
    waker.join();
    const long waited_ms =
        (after.tv_sec - before.tv_sec) * 1000 + (after.tv_nsec - before.tv_nsec) / 1'000'000;
    EXPECT_GE(waited_ms, 40) << "a refused timeout does not wait at all";
    EXPECT_TRUE(ready.empty());
  }
}

TEST_F(KqueueEngineBasics, WakesMeltTogether) {
  engine_->wake();
  engine_->wake();
  ReadyList ready;
  EXPECT_EQ(1u, engine_->wait(kPatienceNs, ready).events);
  EXPECT_EQ(0u, engine_->wait(0, ready).events);
  engine_->wake();
  EXPECT_EQ(1u, engine_->wait(kPatienceNs, ready).events) << "the next one counts anew";
}

TEST_F(KqueueEngineBasics, NoProgramInheritsTheQueue) {
  ASSERT_GE(engine_->fd(), 0);
  EXPECT_EQ(FD_CLOEXEC, fcntl(engine_->fd(), F_GETFD) & FD_CLOEXEC);
}

TEST_F(KqueueEngineBasics, AChildWatchesByAQueueOfItsOwn) {
  ASSERT_EQ(0, engine_->watch(channel_, kReadable));
  EXPECT_EQ(kNoEvents, told(channel_, 0));
  EXPECT_TRUE(holds_in_child(*engine_, [this] {
    engine_->wake();
    ReadyList ready;
    if (engine_->wait(kPatienceNs, ready).events != 1) return false;
    if (write(sockets_[1], "x", 1) != 1) return false;
    return told(channel_) == kReadable;
  }));
  EXPECT_EQ(kReadable, told(channel_)) << "the parent's goes on";
}

TEST_F(KqueueEngineBasics, SaysWhatCanBePolled) {
  EXPECT_EQ(0, engine_->check_pollable(channel_.descriptor));
  const int file = open("/etc/hosts", O_RDONLY);
  ASSERT_GE(file, 0);
  EXPECT_EQ(UV_EPERM, engine_->check_pollable(Descriptor::of(file)));
  close(file);
  EXPECT_EQ(UV_EBADF, engine_->check_pollable(Descriptor::of(file)));
}

TEST_F(KqueueEngineBasics, PriorityNeedsItsFilter) {
  if (kHasExceptFilter) {
    EXPECT_EQ(0, engine_->watch(channel_, kPriority));
  } else {
    EXPECT_EQ(UV_ENOTSUP, engine_->watch(channel_, kPriority));
    EXPECT_EQ(kNoEvents, channel_.wanted);
  }
}

}  // namespace
}  // namespace violet

// What becomes of a send in the queue when the process forks.
#include <string>

#include "forked_engine.h"
#include "uring_support.h"

namespace violet {
namespace {

class UringFork : public UringEngineTest {
 protected:
  void SetUp() override {
    UringEngineTest::SetUp();
    if (IsSkipped()) return;
    prepare(channel_, sockets_[0]);
    op_.channel = &channel_;
  }
  void TearDown() override {
    if (engine_ != nullptr) engine_->forget(channel_);
    UringEngineTest::TearDown();
  }

  // Of `count` buffers that hold "queued" each.
  Submitted send(unsigned int count) {
    uv_buf_t buffers[2];
    for (uv_buf_t& buffer : buffers) {
      buffer.base = bytes_;
      buffer.len = sizeof(bytes_) - 1;
    }
    return engine_->write(op_, {buffers, count, kNoDescriptor, false});
  }
  // The op's result, or an error if the wait ends without it.
  std::int32_t result() {
    ReadyList ready;
    while (ready.empty()) {
      if (engine_->wait(kPatienceNs, ready).events == 0 && ready.empty()) return UV_ETIMEDOUT;
    }
    ready.pop_front();
    return op_.pending ? UV_EBUSY : op_.result;
  }
  std::string arrived() {
    char bytes[64];
    const ssize_t count = read(sockets_[1], bytes, sizeof(bytes));
    return count < 0 ? std::string() : std::string(bytes, static_cast<std::size_t>(count));
  }

  Channel channel_ = {};
  Op op_ = {};
  char bytes_[7] = "queued";
};

TEST_F(UringFork, TheParentSendsWhatIsInTheQueue) {
  ASSERT_EQ(Submitted::kPending, send(1));
  EXPECT_TRUE(holds_in_child(*engine_, [&] { return result() == 6; }))
      << "for the child it is over";
  EXPECT_EQ("", arrived()) << "the child has sent it";
  EXPECT_EQ(6, result());
  EXPECT_EQ("queued", arrived());
}

TEST_F(UringFork, TheParentSendsAQueuedMessage) {
  ASSERT_EQ(Submitted::kPending, send(2));
  EXPECT_TRUE(holds_in_child(*engine_, [&] { return result() == 12; }))
      << "for the child it is over";
  EXPECT_EQ("", arrived()) << "the child has sent it";
  EXPECT_EQ(12, result());
  EXPECT_EQ("queuedqueued", arrived());
}

TEST_F(UringFork, TheChildSendsWhatItIsGivenAfterwards) {
  ASSERT_EQ(Submitted::kPending, send(1));
  EXPECT_TRUE(holds_in_child(
      *engine_, [&] { return result() == 6 && send(2) == Submitted::kPending && result() == 12; }));
  EXPECT_EQ("queuedqueued", arrived());
  EXPECT_EQ(6, result());
  EXPECT_EQ("queued", arrived());
}

TEST_F(UringFork, BothWaitForRoom) {
  const std::string fill(4096, 'x');
  while (::write(sockets_[0], fill.data(), fill.size()) > 0) {
  }
  uv_buf_t buffer;
  buffer.base = bytes_;
  buffer.len = sizeof(bytes_) - 1;
  ASSERT_EQ(Submitted::kPending, engine_->write(op_, {&buffer, 1, kNoDescriptor, true}));
  EXPECT_TRUE(holds_in_child(*engine_, [&] {
    char drained[4096];
    while (::read(sockets_[1], drained, sizeof(drained)) > 0) {
    }
    return result() == 0;
  })) << "each has a rest of its own to write";
  EXPECT_EQ(0, result());
}

}  // namespace
}  // namespace violet

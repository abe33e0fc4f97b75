// Signals of Windows: what a console tells its processes. CTest runs those that need one in a
// pseudo-terminal.
#include <csignal>
#include <cstdlib>
#include <vector>

#include "loop_fixture.h"
#include "stream_support.h"

namespace conformance {
namespace {

using Numbers = std::vector<int>;

void note(uv_signal_t* handle, int number) {
  static_cast<Numbers*>(handle->data)->push_back(number);
}

class SignalTest : public LoopTest {};

TEST_F(SignalTest, EveryNumberUpToTheLastIsWatched) {
  uv_signal_t& handle = fresh<uv_signal_t>();
  ASSERT_EQ(0, uv_signal_init(&loop, &handle));
  for (int number : {0, -1, SIGWINCH + 1, 64, 1000})
    EXPECT_EQ(UV_EINVAL, uv_signal_start(&handle, note, number)) << number;
  EXPECT_FALSE(uv_is_active(reinterpret_cast<uv_handle_t*>(&handle)));
  for (int number = 1; number <= SIGWINCH; ++number) {
    EXPECT_EQ(0, uv_signal_start(&handle, note, number)) << number;
    EXPECT_EQ(number, handle.signum);
  }
  EXPECT_EQ(0, uv_signal_stop(&handle));
}

class TtySignal : public StreamTest {
 protected:
  void SetUp() override {
    StreamTest::SetUp();
    if (std::getenv("VIOLET_EXPECT_CONSOLE") == nullptr) GTEST_SKIP() << "needs a console";
    // A shell may have left Ctrl+C ignored, for us and all that it starts.
    SetConsoleCtrlHandler(nullptr, FALSE);
    for (uv_signal_t* handle : {&first_, &second_}) {
      ASSERT_EQ(0, uv_signal_init(&loop_, handle));
      handle->data = handle == &first_ ? &caught_[0] : &caught_[1];
    }
  }

  uv_signal_t first_;
  uv_signal_t second_;
  Numbers caught_[2];
};

TEST_F(TtySignal, ControlCReachesAllHandles) {
  ASSERT_EQ(0, uv_signal_start(&first_, note, SIGINT));
  ASSERT_EQ(0, uv_signal_start_oneshot(&second_, note, SIGINT));
  for (std::size_t times = 1; times <= 2; ++times) {
    ASSERT_TRUE(GenerateConsoleCtrlEvent(CTRL_C_EVENT, 0));
    run_until([&] { return caught_[0].size() == times; });
  }
  EXPECT_EQ(Numbers({SIGINT, SIGINT}), caught_[0]);
  EXPECT_EQ(Numbers({SIGINT}), caught_[1]);
  EXPECT_FALSE(uv_is_active(reinterpret_cast<uv_handle_t*>(&second_)));
}

}  // namespace
}  // namespace conformance

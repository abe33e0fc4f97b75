// Signals of the console.
#include <gtest/gtest.h>

#include <csignal>

#include "os/signal_actions.h"
#include "uv.h"

namespace violet {
namespace {

void nothing(int) {}
void other(int) {}

TEST(SignalActions, EveryNumberUpToTheLastCanBeWatched) {
  SignalAction action = {};
  for (int number = 1; number <= SIGWINCH; ++number)
    EXPECT_EQ(0, get_signal_action(number, action)) << number;
  for (int number : {0, -1, SIGWINCH + 1, 64, 65, 1000})
    EXPECT_EQ(UV_EINVAL, get_signal_action(number, action)) << number;
  EXPECT_EQ(UV_EINVAL, set_signal_action(SIGWINCH + 1, catching_action(nothing, false)));
}

TEST(SignalActions, AreRememberedAndSetBack) {
  SignalAction before = {};
  ASSERT_EQ(0, get_signal_action(SIGBREAK, before));
  EXPECT_TRUE(is_default(before));
  ASSERT_EQ(0, set_signal_action(SIGBREAK, catching_action(nothing, false)));
  SignalAction action = {};
  ASSERT_EQ(0, get_signal_action(SIGBREAK, action));
  EXPECT_TRUE(is_caught_by(action, nothing));
  EXPECT_FALSE(is_caught_by(action, other));
  EXPECT_FALSE(is_default(action));
  ASSERT_EQ(0, set_signal_action(SIGBREAK, before));
  ASSERT_EQ(0, get_signal_action(SIGBREAK, action));
  EXPECT_TRUE(is_default(action));
  EXPECT_FALSE(keep_children(action));
}

}  // namespace
}  // namespace violet

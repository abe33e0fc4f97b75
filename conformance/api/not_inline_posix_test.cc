// No callback runs inside the call that started it: of a signal that the process sends to itself.
#include <signal.h>

#include "not_inline.h"

namespace conformance {
namespace {

TEST_F(NotInline, ASignalIsToldLaterThanItIsRaised) {
  uv_signal_t* handle = scene.fresh<uv_signal_t>();
  ASSERT_EQ(0, uv_signal_init(&loop, handle));
  ASSERT_EQ(0, uv_signal_start(handle, noted, SIGUSR2));
  ASSERT_EQ(0, under_test([] { return raise(SIGUSR2); }));
  EXPECT_EQ(0, inside_calls);
  while (calls == 0)
    run(UV_RUN_ONCE);
  EXPECT_EQ(0, inside_calls);
}

}  // namespace
}  // namespace conformance

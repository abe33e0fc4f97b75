// Receiving in a forked child.
#include <unistd.h>

#include "own_process.h"
#include "udp_support.h"

namespace {

using conformance::joined;
using conformance::Pair;
using conformance::Texts;
using conformance::UdpTest;

// Parent and child share the socket, and an engine that receives ahead may do so in both: only one
// of them listens at a time.
TEST_F(UdpTest, ReceivesInAForkedChild) {
  Pair pair(loop);
  ASSERT_EQ(0, pair.server.start());
  turn();
  Texts sent = pair.send(2);
  receive(pair.server, 2);
  ASSERT_EQ(0, uv_udp_recv_stop(&pair.server.udp));
  turn();
  EXPECT_EQ(0, conformance::in_own_process([&] {
              if (uv_loop_fork(&loop) != 0 || pair.server.start() != 0) return 1;
              const Texts in_child = joined(sent, pair.send(40, 100));
              receive(pair.server, 42);
              return pair.server.texts() == in_child ? 0 : 2;
            }));
  ASSERT_EQ(0, pair.server.start());
  sent = joined(sent, pair.send(10, 2));
  receive(pair.server, 12);
  EXPECT_EQ(sent, pair.server.texts());
}

}  // namespace

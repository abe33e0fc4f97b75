// Receiving in a forked child.
#include <sys/wait.h>
#include <unistd.h>

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
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    alarm(60);
    if (uv_loop_fork(&loop) != 0 || pair.server.start() != 0) _exit(1);
    const Texts in_child = joined(sent, pair.send(40, 100));
    receive(pair.server, 42);
    _exit(pair.server.texts() == in_child ? 0 : 2);
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(0, WEXITSTATUS(status));
  ASSERT_EQ(0, pair.server.start());
  sent = joined(sent, pair.send(10, 2));
  receive(pair.server, 12);
  EXPECT_EQ(sent, pair.server.texts());
}

}  // namespace

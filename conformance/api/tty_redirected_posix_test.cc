// What stands in a terminal's place when a program's input or output is redirected: a pipe or a
// socket. Programs that call uv_tty_init() on 0, 1 and 2 without looking work there too.
#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <string>

#include "platform.h"
#include "stream_support.h"

namespace conformance {
namespace {

using Ends = std::array<int, 2>;

Ends new_pipe() {
  Ends ends = {};
  EXPECT_EQ(0, uv_pipe(ends.data(), 0, 0));
  return ends;
}

Ends new_socket_pair() {
  Ends ends = {};
  EXPECT_EQ(0, uv_socketpair(SOCK_STREAM, 0, ends.data(), 0, 0));
  return ends;
}

class RedirectedTty : public StreamTest {
 protected:
  // What the others hold of the descriptor is theirs to close; the handle closes its own.
  void TearDown() override {
    StreamTest::TearDown();
    ::close(other_);
  }

  void expect_shown(const std::string& text) const {
    std::array<char, 8> shown = {};
    EXPECT_EQ(static_cast<ssize_t>(text.size()), read(other_, shown.data(), shown.size()));
    EXPECT_EQ(text, shown.data());
  }

  uv_tty_t tty_ = {};
  int other_ = -1;
};

TEST_F(RedirectedTty, ReadsFromAPipe) {
  const Ends ends = new_pipe();
  other_ = ends[1];
  ASSERT_EQ(0, uv_tty_init(&loop_, &tty_, ends[0], 1));
  EXPECT_EQ(UV_TTY, tty_.type);
  EXPECT_TRUE(uv_is_readable(stream(tty_)));
  EXPECT_EQ(goes_both_ways(ends[0]), uv_is_writable(stream(tty_)) != 0);
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(tty_)));
  ASSERT_EQ(3, write(other_, "key", 3));
  run_until([&] { return reader.text == "key"; });
}

TEST_F(RedirectedTty, WritesToAPipe) {
  const Ends ends = new_pipe();
  other_ = ends[0];
  ASSERT_EQ(0, uv_tty_init(&loop_, &tty_, ends[1], 0));
  EXPECT_EQ(goes_both_ways(ends[1]), uv_is_readable(stream(tty_)) != 0);
  EXPECT_TRUE(uv_is_writable(stream(tty_)));
  Write output;
  ASSERT_EQ(0, output.start(stream(tty_), "out"));
  run_until([&] { return output.calls == 1; });
  expect_shown("out");
}

TEST_F(RedirectedTty, IsWrittenToWithoutWaiting) {
  const Ends ends = new_pipe();
  other_ = ends[0];
  ASSERT_EQ(0, uv_tty_init(&loop_, &tty_, ends[1], 0));
  EXPECT_NE(0, fcntl(ends[1], F_GETFL) & O_NONBLOCK);
  std::string large(1 << 20, 'x');
  uv_buf_t buffer = uv_buf_init(large.data(), static_cast<unsigned>(large.size()));
  const int written = uv_try_write(stream(tty_), &buffer, 1);
  EXPECT_LT(0, written);
  EXPECT_GT(1 << 20, written);
}

TEST_F(RedirectedTty, TalksOverASocketBothWays) {
  const Ends ends = new_socket_pair();
  other_ = ends[1];
  ASSERT_EQ(0, uv_tty_init(&loop_, &tty_, ends[0], 1));
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(tty_)));
  Write output;
  ASSERT_EQ(0, output.start(stream(tty_), "out"));
  ASSERT_EQ(3, write(other_, "key", 3));
  run_until([&] { return reader.text == "key" && output.calls == 1; });
  expect_shown("out");
}

TEST_F(RedirectedTty, HasNeitherASizeNorModes) {
  const Ends ends = new_pipe();
  other_ = ends[0];
  ASSERT_EQ(0, uv_tty_init(&loop_, &tty_, ends[1], 0));
  int width = 7;
  int height = 7;
  EXPECT_EQ(UV_ENOTTY, uv_tty_get_winsize(&tty_, &width, &height));
  EXPECT_EQ(UV_ENOTTY, uv_tty_set_mode(&tty_, UV_TTY_MODE_RAW));
  EXPECT_EQ(0, uv_tty_set_mode(&tty_, UV_TTY_MODE_NORMAL));
}

TEST_F(RedirectedTty, IsClosedWithItsHandle) {
  const Ends ends = new_pipe();
  other_ = ends[0];
  ASSERT_EQ(0, uv_tty_init(&loop_, &tty_, ends[1], 0));
  close(tty_);
  EXPECT_EQ(-1, fcntl(ends[1], F_GETFD));
}

}  // namespace
}  // namespace conformance

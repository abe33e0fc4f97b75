// The mode of a bound pipe where there is no /proc.
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>

#include <local_pair.h>

#include "stream_support.h"
#include "without_proc.h"

namespace conformance {
namespace {

constexpr int kCannotHide = 77;
constexpr int kWrongMode = 78;

// Exits with what went wrong, or 0.
[[noreturn]] void change_mode_without_proc(const std::string& path) {
  if (!test_support::hide_proc()) _exit(kCannotHide);
  uv_loop_t loop;
  uv_pipe_t server;
  if (uv_loop_init(&loop) != 0 || uv_pipe_init(&loop, &server, 0) != 0) _exit(1);
  if (uv_pipe_bind(&server, path.c_str()) != 0) _exit(2);
  if (uv_pipe_chmod(&server, UV_READABLE | UV_WRITABLE) != 0) _exit(3);
  struct stat status = {};
  if (stat(path.c_str(), &status) != 0) _exit(4);
  _exit((status.st_mode & 0666) == 0666 ? 0 : kWrongMode);
}

TEST(PipeWithoutProc, ChmodLetsEverybodyIn) {
  const test_support::LocalName name;
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) change_mode_without_proc(name.get());
  int status = 0;
  ASSERT_EQ(child, waitpid(child, &status, 0));
  unlink(name.get().c_str());
  ASSERT_TRUE(WIFEXITED(status));
  if (WEXITSTATUS(status) == kCannotHide) GTEST_SKIP() << "/proc cannot be hidden here";
  EXPECT_EQ(0, WEXITSTATUS(status));
}

}  // namespace
}  // namespace conformance

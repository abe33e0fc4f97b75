// The mode of a bound pipe where there is no /proc.
#include <sys/stat.h>
#include <unistd.h>

#include <string>

#include <local_pair.h>

#include "own_process.h"
#include "stream_support.h"
#include "without_proc.h"

namespace conformance {
namespace {

constexpr int kCannotHide = 77;
constexpr int kWrongMode = 78;

// Exits with what went wrong, or 0.
int change_mode_without_proc(const std::string& path) {
  if (!test_support::hide_proc()) return kCannotHide;
  uv_loop_t loop;
  uv_pipe_t server;
  if (uv_loop_init(&loop) != 0 || uv_pipe_init(&loop, &server, 0) != 0) return 1;
  if (uv_pipe_bind(&server, path.c_str()) != 0) return 2;
  if (uv_pipe_chmod(&server, UV_READABLE | UV_WRITABLE) != 0) return 3;
  struct stat status = {};
  if (stat(path.c_str(), &status) != 0) return 4;
  return (status.st_mode & 0666) == 0666 ? 0 : kWrongMode;
}

TEST(PipeWithoutProc, ChmodLetsEverybodyIn) {
  const test_support::LocalName name;
  const int result = in_own_process([&] { return change_mode_without_proc(name.get()); });
  unlink(name.get().c_str());
  if (result == kCannotHide) GTEST_SKIP() << "/proc cannot be hidden here";
  EXPECT_EQ(0, result);
}

}  // namespace
}  // namespace conformance

// Functions and failures that no test of a subject reaches.
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <climits>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "loop_fixture.h"
#include "platform.h"
#include "stream_support.h"
#include "support.h"

namespace conformance {
namespace {

template <typename Handle>
uv_handle_t* base(Handle& handle) {
  return reinterpret_cast<uv_handle_t*>(&handle);
}

class Accessors : public LoopTest {};

TEST_F(Accessors, ReadAndWriteTheFieldsOfHandles) {
  uv_timer_t& timer = fresh<uv_timer_t>();
  ASSERT_EQ(0, uv_timer_init(&loop, &timer));
  int mark = 0;
  uv_handle_set_data(base(timer), &mark);
  EXPECT_EQ(&mark, timer.data);
  EXPECT_EQ(&mark, uv_handle_get_data(base(timer)));
  EXPECT_EQ(&loop, uv_handle_get_loop(base(timer)));
  EXPECT_EQ(UV_TIMER, uv_handle_get_type(base(timer)));
}

TEST_F(Accessors, ReadTheResultOfAFileRequest) {
  uv_fs_t request;
  EXPECT_EQ(0, uv_fs_stat(&loop, &request, "/", nullptr));
  EXPECT_EQ(0, uv_fs_get_result(&request));
  uv_fs_req_cleanup(&request);
  EXPECT_EQ(UV_ENOENT, uv_fs_stat(&loop, &request, "/no/such/file", nullptr));
  EXPECT_EQ(UV_ENOENT, uv_fs_get_result(&request));
  uv_fs_req_cleanup(&request);
}

std::string printed(void (*print)(uv_loop_t*, FILE*), uv_loop_t* loop) {
  char* text = nullptr;
  size_t size = 0;
  FILE* stream = open_memstream(&text, &size);
  print(loop, stream);
  std::fclose(stream);
  std::string result(text, size);
  std::free(text);
  return result;
}

TEST_F(Accessors, PrintHandles) {
  uv_timer_t& timer = fresh<uv_timer_t>();
  uv_idle_t& idle = fresh<uv_idle_t>();
  uv_timer_init(&loop, &timer);
  uv_idle_init(&loop, &idle);
  uv_idle_start(&idle, [](uv_idle_t*) {});
  const std::string all = printed(uv_print_all_handles, &loop);
  EXPECT_NE(std::string::npos, all.find("timer"));
  EXPECT_NE(std::string::npos, all.find("idle"));
  const std::string active = printed(uv_print_active_handles, &loop);
  EXPECT_EQ(std::string::npos, active.find("timer"));
  EXPECT_NE(std::string::npos, active.find("idle"));
}

TEST(Shutdown, ReleasesTheLibraryInAProcessThatEnds) {
  if (!is_at_least(1, 52)) GTEST_SKIP() << "libuv 1.44 cannot in a forked child with a thread pool";
  pid_t child = fork();
  if (child == 0) {
    uv_library_shutdown();
    uv_library_shutdown();
    _exit(0);
  }
  int status = -1;
  uv_sleep(0);
  ASSERT_EQ(child, waitpid(child, &status, 0));
  EXPECT_EQ(0, status);
}

TEST(Terminal, TheVirtualTerminalStateIsWindowsOnly) {
  uv_tty_vtermstate_t state;
  EXPECT_EQ(UV_ENOTSUP, uv_tty_get_vterm_state(&state));
  uv_tty_set_vterm_state(UV_TTY_SUPPORTED);
  // In random order another test may have changed the mode of a terminal that is gone by now. What
  // it does to a terminal is tested in tty_test.cc, in processes of their own.
  const int reset = uv_tty_reset_mode();
  EXPECT_TRUE(reset == 0 || is_gone_terminal(reset)) << reset;
}

TEST_F(Accessors, OpenADatagramSocketWithFlags) {
  REQUIRE_FUNCTION(uv_udp_open_ex);
  uv_udp_t& udp = fresh<uv_udp_t>();
  ASSERT_EQ(0, uv_udp_init(&loop, &udp));
  int socket = ::socket(AF_INET, SOCK_DGRAM, 0);
  EXPECT_EQ(UV_EINVAL, uv_udp_open_ex(&udp, socket, UV_UDP_PARTIAL));
  EXPECT_EQ(0, uv_udp_open_ex(&udp, socket, UV_UDP_REUSEADDR));
  EXPECT_EQ(UV_EBUSY, uv_udp_open_ex(&udp, socket, 0));
}

TEST_F(Accessors, OptionsNeedTheRightSocket) {
  uv_pipe_t& unopened = fresh<uv_pipe_t>();
  uv_pipe_init(&loop, &unopened, 0);
  EXPECT_EQ(UV_EBADF, uv_stream_set_blocking(stream(unopened), 1));
  uv_poll_t& poll = fresh<uv_poll_t>();
  EXPECT_EQ(UV_EBADF, uv_poll_init_socket(&loop, &poll, 9999));
  int ends[2];
  ASSERT_EQ(0, socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
  uv_tcp_t& tcp = fresh<uv_tcp_t>();
  uv_tcp_init(&loop, &tcp);
  ASSERT_EQ(0, uv_tcp_open(&tcp, ends[0]));
  EXPECT_GT(0, uv_tcp_nodelay(&tcp, 1)) << "no TCP socket";
  ::close(ends[1]);
}

TEST_F(Accessors, TryWriteOfAHandleNeedsAnIpcPipe) {
  if (!is_at_least(1, 52))
    GTEST_SKIP() << "libuv 1.44 writes, and passes the handle over any socket";
  int ends[2];
  ASSERT_EQ(0, socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
  uv_pipe_t& plain = fresh<uv_pipe_t>();
  uv_pipe_init(&loop, &plain, 0);
  ASSERT_EQ(0, uv_pipe_open(&plain, ends[0]));
  uv_buf_t buffer = uv_buf_init(const_cast<char*>("x"), 1);
  EXPECT_EQ(UV_EINVAL, uv_try_write2(stream(plain), &buffer, 1, stream(plain)));
  ::close(ends[1]);
}

TEST_F(Accessors, ASignalThatDoesNotExistIsNotAwaitedOnce) {
  uv_signal_t& signal = fresh<uv_signal_t>();
  ASSERT_EQ(0, uv_signal_init(&loop, &signal));
  EXPECT_EQ(UV_EINVAL, uv_signal_start_oneshot(
                           &signal, [](uv_signal_t*, int) {}, 0));
}

TEST(Limits, APipeNeedsFreeDescriptors) {
  rlimit before;
  getrlimit(RLIMIT_NOFILE, &before);
  const rlimit none = {0, before.rlim_max};
  setrlimit(RLIMIT_NOFILE, &none);
  uv_file ends[2];
  int error = uv_pipe(ends, 0, 0);
  setrlimit(RLIMIT_NOFILE, &before);
  EXPECT_EQ(UV_EMFILE, error);
}

TEST(Limits, KeysRunOut) {
  std::vector<uv_key_t> keys;
  uv_key_t key;
  int error = 0;
  while (keys.size() < 100000 && (error = uv_key_create(&key)) == 0)
    keys.push_back(key);
  EXPECT_EQ(UV_EAGAIN, error);
  for (uv_key_t& made : keys)
    uv_key_delete(&made);
}

TEST(Limits, ASemaphoreHasALargestValue) {
  if (!is_at_least(1, 52)) GTEST_SKIP() << "libuv 1.44's own kind for old C libraries counts on";
  uv_sem_t semaphore;
  EXPECT_EQ(UV_EINVAL, uv_sem_init(&semaphore, UINT_MAX));
}

TEST(Limits, AThreadNeedsAStackThatFits) {
  uv_thread_t thread;
  uv_thread_options_t options = {};
  options.flags = UV_THREAD_HAS_STACK_SIZE;
  options.stack_size = SIZE_MAX / 4;
  EXPECT_GT(0, uv_thread_create_ex(
                   &thread, &options, [](void*) {}, nullptr));
}

TEST(Limits, AThreadCannotJoinItself) {
  uv_thread_t self = uv_thread_self();
  EXPECT_GT(0, uv_thread_join(&self));
}

TEST(Limits, AThreadIsDetachedOnce) {
  REQUIRE_FUNCTION(uv_thread_detach);
  int results[2] = {1, 1};
  uv_sem_t done;
  ASSERT_EQ(0, uv_sem_init(&done, 0));
  struct Shared {
    int* results;
    uv_sem_t* done;
  } shared = {results, &done};
  uv_thread_t thread;
  ASSERT_EQ(0, uv_thread_create(
                   &thread,
                   [](void* argument) {
                     Shared& inside = *static_cast<Shared*>(argument);
                     uv_thread_t self = uv_thread_self();
                     inside.results[0] = uv_thread_detach(&self);
                     inside.results[1] = uv_thread_detach(&self);
                     uv_sem_post(inside.done);
                   },
                   &shared));
  uv_sem_wait(&done);
  uv_sem_destroy(&done);
  EXPECT_EQ(0, results[0]);
  EXPECT_EQ(UV_EINVAL, results[1]);
}

TEST_F(Accessors, AClosedTerminalHasNoSize) {
  int end = posix_openpt(O_RDWR | O_NOCTTY);
  ASSERT_LE(0, end);
  grantpt(end);
  unlockpt(end);
  int terminal = open(ptsname(end), O_RDWR | O_NOCTTY);
  uv_tty_t& tty = fresh<uv_tty_t>();
  ASSERT_EQ(0, uv_tty_init(&loop, &tty, terminal, 1));
  uv_close(base(tty), nullptr);
  int width, height;
  EXPECT_GT(0, uv_tty_get_winsize(&tty, &width, &height));
  run();
  ::close(terminal);
  ::close(end);
}

}  // namespace
}  // namespace conformance

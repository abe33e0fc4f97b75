// Functions and failures that no test of a subject reaches.
#include <local_pair.h>
#include <sys/socket.h>
#include <unistd.h>

#include <climits>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "fs_support.h"
#include "loop_fixture.h"
#include "own_process.h"
#include "platform.h"
#include "process_child.h"
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
  const TemporaryDirectory directory;
  FILE* file = std::fopen((directory / "printed").c_str(), "w");
  print(loop, file);
  std::fclose(file);
  return contents(directory / "printed");
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
  EXPECT_EQ(0, in_own_process([] {
              uv_library_shutdown();
              uv_library_shutdown();
              return 0;
            }));
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

TEST_F(Accessors, OptionsNeedAnOpenHandle) {
  uv_pipe_t& unopened = fresh<uv_pipe_t>();
  uv_pipe_init(&loop, &unopened, 0);
  EXPECT_EQ(UV_EBADF, uv_stream_set_blocking(stream(unopened), 1));
  uv_poll_t& poll = fresh<uv_poll_t>();
  EXPECT_EQ(kNoSuchSocket, uv_poll_init_socket(&loop, &poll, 9999));
}

TEST_F(Accessors, TryWriteOfAHandleNeedsAnIpcPipe) {
  if (!is_at_least(1, 52))
    GTEST_SKIP() << "libuv 1.44 writes, and passes the handle over any socket";
  uv_file ends[2];
  ASSERT_EQ(0, test_support::open_local_pair(ends));
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

TEST(Limits, KeysRunOut) {
  std::vector<uv_key_t> keys;
  uv_key_t key;
  int error = 0;
  while (keys.size() < 100000 && (error = uv_key_create(&key)) == 0)
    keys.push_back(key);
  EXPECT_EQ(kNoMoreKeys, error);
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
  EXPECT_EQ(kIsWindows ? UV_EBADF : UV_EINVAL, results[1]);
}

}  // namespace
}  // namespace conformance

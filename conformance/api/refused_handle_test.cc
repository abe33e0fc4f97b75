// Handles whose initialisation was refused: the loop does not have them, so that the program may
// free them at once.
#include <fcntl.h>
#include <unistd.h>

#include "platform.h"
#include "process_child.h"
#include "refused_handle_support.h"

namespace conformance {
namespace {

class RefusedSpawn : public RefusedHandle {
 protected:
  void SetUp() override {
    RefusedHandle::SetUp();
    if (!is_at_least(1, 52)) GTEST_SKIP() << "libuv 1.44 keeps the handle in the loop";
  }

  static uv_process_options_t valid_options() {
    static std::string name = told_child();
    static char* arguments[] = {name.data(), nullptr};
    uv_process_options_t options = {};
    options.file = name.c_str();
    options.args = arguments;
    return options;
  }

  void expect_refused(int error, uv_process_options_t options) {
    expect_refusal<uv_process_t>(
        error, [&](uv_process_t* process) { return uv_spawn(&loop, process, &options); });
  }

  void expect_refused_container(int error, uv_stdio_container_t container) {
    uv_stdio_container_t containers[2] = {{UV_IGNORE, {}}, container};
    uv_process_options_t options = valid_options();
    options.stdio = containers;
    options.stdio_count = 2;
    expect_refused(error, options);
  }
};

TEST_F(RefusedSpawn, ForItsOptions) {
  uv_process_options_t options = valid_options();
  options.file = nullptr;
  expect_refused(UV_EINVAL, options);
  options = valid_options();
  options.flags = 1u << 20;
  expect_refused(UV_EINVAL, options);
  options = valid_options();
  options.stdio_count = -1;
  expect_refused(UV_EINVAL, options);
}

TEST_F(RefusedSpawn, ForAContainer) {
  uv_stdio_container_t container = {};
  container.flags = UV_INHERIT_FD;
  container.data.fd = -1;
  expect_refused_container(UV_EINVAL, container);
  container.flags = static_cast<uv_stdio_flags>(UV_INHERIT_FD | UV_CREATE_PIPE);
  expect_refused_container(UV_EINVAL, container);
  for (int flag : {UV_CREATE_PIPE, UV_INHERIT_STREAM}) {
    container.flags = static_cast<uv_stdio_flags>(flag);
    container.data.stream = nullptr;
    expect_refused_container(UV_EINVAL, container);
  }
}

// Nothing was begun for the container before it either.
TEST_F(RefusedSpawn, ForAStreamThatCannotBeUsed) {
  uv_pipe_t unopened, opened;
  ASSERT_EQ(0, uv_pipe_init(&loop, &unopened, 0));
  ASSERT_EQ(0, uv_pipe_init(&loop, &opened, 0));
  uv_file ends[2];
  ASSERT_EQ(0, uv_pipe(ends, 0, 0));
  ASSERT_EQ(0, uv_pipe_open(&opened, ends[0]));
  uv_stdio_container_t containers[2] = {};
  containers[0].flags = static_cast<uv_stdio_flags>(UV_CREATE_PIPE | UV_READABLE_PIPE);
  containers[0].data.stream = reinterpret_cast<uv_stream_t*>(&unopened);
  containers[1].flags = static_cast<uv_stdio_flags>(UV_CREATE_PIPE | UV_WRITABLE_PIPE);
  containers[1].data.stream = reinterpret_cast<uv_stream_t*>(&opened);
  uv_process_options_t options = valid_options();
  options.stdio = containers;
  options.stdio_count = 2;
  expect_refused(UV_EBUSY, options);
  uv_os_fd_t descriptor;
  EXPECT_EQ(UV_EBADF, uv_fileno(reinterpret_cast<uv_handle_t*>(&unopened), &descriptor));
  containers[1].flags = UV_INHERIT_STREAM;
  containers[1].data.stream = containers[0].data.stream;
  expect_refused(UV_EINVAL, options);
  ::close(ends[1]);
  uv_close(reinterpret_cast<uv_handle_t*>(&unopened), nullptr);
  uv_close(reinterpret_cast<uv_handle_t*>(&opened), nullptr);
  uv_run(&loop, UV_RUN_DEFAULT);
}

// As programs do that were written for a library which kept it in the loop.
TEST_F(RefusedSpawn, MayBeClosedToo) {
  uv_process_options_t options = valid_options();
  options.flags = 1u << 20;
  uv_process_t process;
  ASSERT_EQ(UV_EINVAL, uv_spawn(&loop, &process, &options));
  EXPECT_FALSE(uv_is_active(reinterpret_cast<uv_handle_t*>(&process)));
  EXPECT_EQ(UV_ESRCH, uv_process_kill(&process, 0));
  int closed = 0;
  process.data = &closed;
  uv_close(reinterpret_cast<uv_handle_t*>(&process),
           [](uv_handle_t* handle) { ++*static_cast<int*>(handle->data); });
  uv_run(&loop, UV_RUN_DEFAULT);
  EXPECT_EQ(1, closed);
}

// What was begun ends with uv_close(), on every library.
TEST_F(RefusedHandle, AProgramThatCannotStartLeavesItsHandleInTheLoop) {
  Child missing({"/nonexistent/program"});
  EXPECT_EQ(UV_ENOENT, missing.spawn(loop));
  EXPECT_TRUE(is_in_the_loop(&missing.process));
  Child nowhere({told_child()});
  nowhere.options.cwd = "/nonexistent";
  EXPECT_EQ(UV_ENOENT, nowhere.spawn(loop));
  EXPECT_TRUE(is_in_the_loop(&nowhere.process));
  EXPECT_EQ(UV_EBUSY, uv_loop_close(&loop));
  missing.close();
  nowhere.close();
  uv_run(&loop, UV_RUN_DEFAULT);
}

TEST_F(RefusedHandle, EveryOtherKind) {
  expect_refusal<uv_tcp_t>(UV_EINVAL, [&](uv_tcp_t* t) { return uv_tcp_init_ex(&loop, t, 99); });
  expect_refusal<uv_udp_t>(UV_EINVAL, [&](uv_udp_t* u) { return uv_udp_init_ex(&loop, u, 99); });
  expect_refusal<uv_poll_t>(kNoSuchSocket,
                            [&](uv_poll_t* p) { return uv_poll_init(&loop, p, 9999); });
  const int file = ::open(kSomeFile, O_RDONLY | O_CLOEXEC);
  ASSERT_GE(file, 0);
  expect_refusal<uv_poll_t>(kPolledFile,
                            [&](uv_poll_t* p) { return uv_poll_init(&loop, p, file); });
  expect_refusal<uv_tty_t>(kNoTerminal, [&](uv_tty_t* t) { return uv_tty_init(&loop, t, -1, 0); });
  if (is_at_least(1, 50)) {
    expect_refusal<uv_tty_t>(kNoTerminal,
                             [&](uv_tty_t* t) { return uv_tty_init(&loop, t, file, 0); });
  }
  ::close(file);
}

}  // namespace
}  // namespace conformance

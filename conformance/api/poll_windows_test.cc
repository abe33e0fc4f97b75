// uv_poll_t on Windows, where sockets are all that it takes.
#include <sys/socket.h>

#include <vector>

#include "fs_support.h"
#include "stream_support.h"

namespace conformance {
namespace {

class PollWindows : public StreamTest {
 protected:
  void SetUp() override {
    StreamTest::SetUp();
    ASSERT_EQ(0, socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends_));
  }
  void TearDown() override {
    StreamTest::TearDown();
    for (int end : ends_)
      closesocket(static_cast<SOCKET>(end));
  }

  struct Call {
    int status;
    int events;
    bool is_active;
    bool operator==(const Call&) const = default;
  };

  // What a handle is told first, and then stopped.
  std::vector<Call> told_of(SOCKET socket, int events) {
    std::vector<Call> calls;
    uv_poll_t& handle = handle_;
    handle.data = &calls;
    EXPECT_EQ(0, uv_poll_init_socket(&loop_, &handle, socket));
    EXPECT_EQ(
        0, uv_poll_start(&handle, events, [](uv_poll_t* told, int status, int happened) {
          const bool is_active = uv_is_active(reinterpret_cast<uv_handle_t*>(told)) != 0;
          static_cast<std::vector<Call>*>(told->data)->push_back({status, happened, is_active});
          uv_poll_stop(told);
        }));
    run_until([&] { return !calls.empty(); });
    close(handle);
    uv_run(&loop_, UV_RUN_NOWAIT);
    return calls;
  }

  int init_file(uv_file file) { return uv_poll_init(&loop_, &handle_, file); }
  int init_socket(SOCKET socket) { return uv_poll_init_socket(&loop_, &handle_, socket); }

  void reset() {
    const linger at_once = {1, 0};
    setsockopt(static_cast<SOCKET>(ends_[1]), SOL_SOCKET, SO_LINGER,
               reinterpret_cast<const char*>(&at_once), sizeof(at_once));
    closesocket(static_cast<SOCKET>(ends_[1]));
    ends_[1] = -1;
  }

  int ends_[2];
  uv_poll_t handle_;  // closed with the loop, wherever a test ends
};

TEST_F(PollWindows, RefusesFilesAndDevices) {
  const TemporaryDirectory directory;
  for (const std::string& path : {directory / "file", std::string("NUL")}) {
    uv_fs_t request;
    const int flags = UV_FS_O_RDWR | UV_FS_O_CREAT;
    const uv_file file = uv_fs_open(nullptr, &request, path.c_str(), flags, 0600, nullptr);
    ASSERT_GE(file, 0) << path;
    EXPECT_EQ(UV_ENOTSOCK, init_file(file)) << path;
    uv_fs_close(nullptr, &request, file, nullptr);
  }
}

TEST_F(PollWindows, RefusesWhatIsNotOpen) {
  EXPECT_EQ(UV_ENOTSOCK, init_file(-1));
  EXPECT_EQ(UV_ENOTSOCK, init_file(1000));
  EXPECT_EQ(UV_ENOTSOCK, init_socket(0));
  EXPECT_EQ(UV_ENOTSOCK, init_socket(INVALID_SOCKET));
}

// The call that meets the error tells which it is; other than on POSIX the handle goes on.
TEST_F(PollWindows, AResetIsAnEvent) {
  reset();
  for (int events : {1, 2, 3}) {
    const std::vector<Call> expected = {{0, events, true}};
    EXPECT_EQ(expected, told_of(static_cast<SOCKET>(ends_[0]), events)) << events;
  }
}

TEST_F(PollWindows, ARefusedConnectionIsRoomToWrite) {
  posix_start();
  const SOCKET nobody = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = loopback(0);
  int size = sizeof(address);
  ASSERT_EQ(0, bind(nobody, reinterpret_cast<sockaddr*>(&address), size));
  getsockname(nobody, reinterpret_cast<sockaddr*>(&address), &size);
  closesocket(nobody);
  const SOCKET caller = socket(AF_INET, SOCK_STREAM, 0);
  std::vector<Call> calls;
  handle_.data = &calls;
  ASSERT_EQ(0, uv_poll_init_socket(&loop_, &handle_, caller));
  ASSERT_EQ(-1, connect(caller, reinterpret_cast<sockaddr*>(&address), size));
  ASSERT_EQ(WSAEWOULDBLOCK, WSAGetLastError());
  ASSERT_EQ(0, uv_poll_start(&handle_, UV_WRITABLE, [](uv_poll_t* told, int status, int happened) {
              const bool is_active = uv_is_active(reinterpret_cast<uv_handle_t*>(told)) != 0;
              static_cast<std::vector<Call>*>(told->data)->push_back({status, happened, is_active});
              uv_poll_stop(told);
            }));
  run_until([&] { return !calls.empty(); });
  const std::vector<Call> expected = {{0, UV_WRITABLE, true}};
  EXPECT_EQ(expected, calls);
  int error = 0;
  size = sizeof(error);
  getsockopt(caller, SOL_SOCKET, SO_ERROR, reinterpret_cast<char*>(&error), &size);
  EXPECT_EQ(WSAECONNREFUSED, error);
  close(handle_);
  uv_run(&loop_, UV_RUN_NOWAIT);
  closesocket(caller);
}

}  // namespace
}  // namespace conformance

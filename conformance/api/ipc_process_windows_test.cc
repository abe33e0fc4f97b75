// Sockets that travel to another process and back: the same program, started once more.
#include <cstdlib>

#include "passing_support.h"

namespace conformance {
namespace {

constexpr char kNameVariable[] = "VIOLET_TEST_IPC_NAME";

class OtherProcess : public StreamTest {
 protected:
  void SetUp() override {
    StreamTest::SetUp();
    uv_pipe_init(&loop_, &pipe_, 1);
    pipe_.data = this;
  }
  // Accepts the socket that has come, and tells its port.
  int accept_socket() {
    uv_tcp_init(&loop_, &received_);
    EXPECT_EQ(UV_TCP, uv_pipe_pending_type(&pipe_));
    EXPECT_EQ(0, uv_accept(stream(pipe_), stream(received_)));
    return port_of(received_);
  }
  static int port_of(const uv_tcp_t& tcp) {
    sockaddr_in name = {};
    int size = sizeof(name);
    EXPECT_EQ(0, uv_tcp_getsockname(&tcp, reinterpret_cast<sockaddr*>(&name), &size));
    return ntohs(name.sin_port);
  }

  // Closed with the loop, wherever a test ends.
  uv_pipe_t pipe_;
  uv_pipe_t server_;
  uv_tcp_t received_;
  uv_tcp_t sent_;
};

// Not a test: what the other process does. It sends back what it gets, with the port it sees.
TEST_F(OtherProcess, DISABLED_SendsBackWhatItGets) {
  const char* name = std::getenv(kNameVariable);
  ASSERT_NE(nullptr, name);
  Connect connect;
  uv_pipe_connect(connect.prepared(), &pipe_, name, Connect::on_done);
  run_until([&] { return connect.status != 1; });
  ASSERT_EQ(0, connect.status);
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(pipe_)));
  run_until([&] { return uv_pipe_pending_count(&pipe_) == 1 && !reader.text.empty(); });
  const int port = accept_socket();
  Write write;
  ASSERT_EQ(0, write.start(stream(pipe_), std::to_string(port) + ";", stream(received_)));
  run_until([&] { return reader.end != 0 && write.calls == 1; });
  EXPECT_EQ(UV_EOF, reader.end);
  EXPECT_EQ(0, write.status);
}

PROCESS_INFORMATION start_again(const char* test) {
  char path[MAX_PATH];
  GetModuleFileNameA(nullptr, path, sizeof(path));
  std::string command = std::string("\"") + path + "\" --gtest_also_run_disabled_tests" +
                        " --gtest_brief=1 --gtest_filter=" + test;
  STARTUPINFOA startup = {};
  startup.cb = sizeof(startup);
  PROCESS_INFORMATION process = {};
  EXPECT_TRUE(CreateProcessA(path, &command[0], nullptr, nullptr, FALSE, 0, nullptr, nullptr,
                             &startup, &process));
  return process;
}

TEST_F(OtherProcess, GetsASocketAndSendsItBack) {
  const test_support::LocalName name;
  uv_pipe_init(&loop_, &server_, 0);
  struct State {
    uv_pipe_t* pipe;
    bool has_accepted;
  } state = {&pipe_, false};
  server_.data = &state;
  ASSERT_EQ(0, uv_pipe_bind(&server_, name.get().c_str()));
  ASSERT_EQ(0, uv_listen(stream(server_), 1, [](uv_stream_t* listener, int status) {
              State& self = *static_cast<State*>(listener->data);
              EXPECT_EQ(0, status);
              EXPECT_EQ(0, uv_accept(listener, stream(*self.pipe)));
              self.has_accepted = true;
            }));
  ASSERT_EQ(0, uv_os_setenv(kNameVariable, name.get().c_str()));
  PROCESS_INFORMATION process = start_again("OtherProcess.DISABLED_SendsBackWhatItGets");
  ASSERT_EQ(0, uv_os_unsetenv(kNameVariable));
  run_until([&] { return state.has_accepted; });

  uv_tcp_init(&loop_, &sent_);
  const sockaddr_in any = loopback(0);
  ASSERT_EQ(0, uv_tcp_bind(&sent_, generic(any), 0));
  const int port = port_of(sent_);
  Write write;
  Reader reader;
  ASSERT_EQ(0, write.start(stream(pipe_), "socket", stream(sent_)));
  close(sent_);
  ASSERT_EQ(0, reader.start(stream(pipe_)));
  run_until([&] { return reader.text.find(';') != std::string::npos; });
  EXPECT_EQ(std::to_string(port) + ";", reader.text);
  ASSERT_EQ(1, uv_pipe_pending_count(&pipe_));
  EXPECT_EQ(port, accept_socket()) << "it outlives the first handle";
  uv_connection_cb ignore = [](uv_stream_t*, int) {};
  EXPECT_EQ(0, uv_listen(stream(received_), 1, ignore));
  close(pipe_);
  close(server_);
  close(received_);
  run_until([] { return true; });
  EXPECT_EQ(WAIT_OBJECT_0, WaitForSingleObject(process.hProcess, 60000));
  DWORD code = 1;
  EXPECT_TRUE(GetExitCodeProcess(process.hProcess, &code));
  EXPECT_EQ(0u, code);
  CloseHandle(process.hProcess);
  CloseHandle(process.hThread);
}

}  // namespace
}  // namespace conformance

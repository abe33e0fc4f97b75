// Local sockets as POSIX systems have them: backlogs, modes of their files, abstract names, FIFOs.
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>

#include "pipe_support.h"
#include "platform.h"

namespace conformance {
namespace {

class LocalSocket : public NamedPipe {};

// Nobody tells when there is room again, as with TCP: the program has to try later.
TEST_F(LocalSocket, AFullBacklogRefusesAConnectUntilThereIsRoom) {
  const int listener = socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path_.c_str(), sizeof(address.sun_path) - 1);
  ASSERT_EQ(0, bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof(address)));
  ASSERT_EQ(0, ::listen(listener, 0));
  Connect first, refused, again;
  uv_pipe_connect(first.prepared(), &client_, path_.c_str(), Connect::on_done);
  uv_pipe_connect(refused.prepared(), &accepted_, path_.c_str(), Connect::on_done);
  run_until([&] { return first.status != 1 && refused.status != 1; });
  EXPECT_EQ(0, first.status);
  EXPECT_EQ(kFullBacklog, refused.status);
  const int taken = accept(listener, nullptr, nullptr);
  EXPECT_GE(taken, 0);
  uv_pipe_connect(again.prepared(), &accepted_, path_.c_str(), Connect::on_done);
  run_until([&] { return again.status != 1; });
  EXPECT_EQ(0, again.status);
  ::close(taken);
  ::close(listener);
}

TEST_F(LocalSocket, AbstractNames) {
  if (!kIsLinux) GTEST_SKIP() << "every name is a path here";
  REQUIRE_FUNCTION(uv_pipe_bind2);
  std::string name("\0violet-", 8);
  name += path_;
  ASSERT_EQ(0, uv_pipe_bind2(&server_, name.data(), name.size(), 0));
  char own_name[256];
  size_t size = sizeof(own_name);
  ASSERT_EQ(0, uv_pipe_getsockname(&server_, own_name, &size));
  EXPECT_EQ(name, std::string(own_name, size));
  listen();
  Connect connect;
  ASSERT_EQ(0, uv_pipe_connect2(connect.prepared(), &client_, name.data(), name.size(),
                                UV_PIPE_NO_TRUNCATE, Connect::on_done));
  run_until([&] { return connect.status == 0 && has_accepted_; });
}

TEST_F(LocalSocket, ChmodLetsEverybodyIn) {
  EXPECT_EQ(UV_EINVAL, (uv_pipe_bind(&server_, path_.c_str()), uv_pipe_chmod(&server_, 0)));
  EXPECT_EQ(0, uv_pipe_chmod(&server_, UV_READABLE | UV_WRITABLE));
  struct stat status;
  ASSERT_EQ(0, stat(path_.c_str(), &status));
  EXPECT_EQ(0666u, status.st_mode & 0666u);
  uv_pipe_pending_instances(&server_, 3);
}

// uvloop sets a bit in what it takes for a field of every handle, to be told when the other side of
// a pipe that it only writes to has closed.
TEST_F(LocalSocket, ReadsFromAWriteOnlyPipeThatAProgramMarked) {
  int ends[2];
  ASSERT_EQ(0, pipe(ends));
  uv_pipe_t writer;
  uv_pipe_init(&loop_, &writer, 0);
  unsigned int mark;
  char* field = reinterpret_cast<char*>(&writer) + 88;
  memcpy(&mark, field, sizeof(mark));
  mark |= 0x4000;
  memcpy(field, &mark, sizeof(mark));
  ASSERT_EQ(0, uv_pipe_open(&writer, ends[1]));
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(writer)));
  Write write;
  ASSERT_EQ(0, write.start(stream(writer), "x"));
  run_until([&] { return write.calls == 1; });
  EXPECT_EQ(0, write.status);
  EXPECT_EQ(0, reader.end);
  ::close(ends[0]);
  run_until([&] { return reader.end != 0; });
  EXPECT_LT(reader.end, 0);
  close(writer);
  run_until([] { return true; });
}

// There is nobody left to be told of the end.
TEST_F(LocalSocket, ShuttingDownAfterTheOtherSideHasClosedIsNoFailure) {
  int ends[2];
  ASSERT_EQ(0, socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
  ASSERT_EQ(0, uv_pipe_open(&client_, ends[0]));
  ::close(ends[1]);
  uv_shutdown_t request;
  int status = 1;
  request.data = &status;
  ASSERT_EQ(0, uv_shutdown(&request, stream(client_), [](uv_shutdown_t* ended, int result) {
              *static_cast<int*>(ended->data) = result;
            }));
  run_until([&] { return status != 1; });
  EXPECT_EQ(0, status);
}

}  // namespace
}  // namespace conformance

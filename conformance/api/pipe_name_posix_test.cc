// The names of local sockets, and the file that one is bound to.
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "pipe_support.h"
#include "platform.h"

namespace conformance {
namespace {

class PipeName : public NamedPipe {
 protected:
  void SetUp() override {
    NamedPipe::SetUp();
    uv_pipe_init(&loop_, &other_, 0);
  }
  void TearDown() override {
    NamedPipe::TearDown();
    for (const std::string& path : {path_, moved_, target_})
      unlink(path.c_str());
  }

  static void make_file(const std::string& path) {
    std::FILE* file = std::fopen(path.c_str(), "w");
    ASSERT_NE(nullptr, file);
    std::fclose(file);
    ASSERT_EQ(0, chmod(path.c_str(), 0600));
  }
  static unsigned mode_of(const std::string& path) {
    struct stat status = {};
    EXPECT_EQ(0, stat(path.c_str(), &status));
    return status.st_mode & 0777u;
  }

  const std::string folder_ = path_.substr(0, path_.find_last_of('/'));
  const std::string moved_ = folder_ + "/moved", target_ = folder_ + "/target";
  uv_pipe_t other_;
};

TEST_F(PipeName, TheSystemChoosesOneForAnEmptyName) {
  if (!kIsLinux) GTEST_SKIP() << "every name is a path here";
  REQUIRE_FUNCTION(uv_pipe_bind2);
  ASSERT_EQ(0, uv_pipe_bind2(&server_, "", 0, 0));
  const std::string name = name_of(server_);
  ASSERT_GT(name.size(), 1u);
  EXPECT_EQ('\0', name[0]) << "no file";
  ASSERT_EQ(0, uv_pipe_bind2(&other_, "", 0, UV_PIPE_NO_TRUNCATE));
  EXPECT_NE(name, name_of(other_));
  EXPECT_EQ(UV_EINVAL, uv_pipe_bind2(&other_, "", 0, 0)) << "it has a name";
  listen();
  Connect connect;
  ASSERT_EQ(0, uv_pipe_connect2(connect.prepared(), &client_, name.data(), name.size(),
                                UV_PIPE_NO_TRUNCATE, Connect::on_done));
  run_until([&] { return connect.status == 0 && has_accepted_; });
  EXPECT_EQ(name, name_of(client_, true));
}

TEST_F(PipeName, NobodyIsCalledByNoName) {
  REQUIRE_FUNCTION(uv_pipe_bind2);
  Connect connect;
  EXPECT_EQ(UV_EINVAL, uv_pipe_connect2(connect.prepared(), &client_, "", 0, 0, Connect::on_done));
  EXPECT_EQ(UV_EINVAL, uv_pipe_bind2(&server_, nullptr, 0, 0));
  EXPECT_EQ(UV_EINVAL,
            uv_pipe_connect2(connect.prepared(), &client_, nullptr, 0, 0, Connect::on_done));
  EXPECT_EQ(1, connect.status) << "no callback is owed";
}

TEST_F(PipeName, APathHasNoZeroInside) {
  REQUIRE_FUNCTION(uv_pipe_bind2);
  const std::string name = path_ + std::string("\0more", 5);
  Connect connect;
  EXPECT_EQ(UV_EINVAL, uv_pipe_bind2(&server_, name.data(), name.size(), 0));
  EXPECT_EQ(UV_EINVAL, uv_pipe_connect2(connect.prepared(), &client_, name.data(), name.size(), 0,
                                        Connect::on_done));
  EXPECT_NE(0, access(path_.c_str(), F_OK));
}

TEST_F(PipeName, AnAbstractNameMayHaveZeroes) {
  if (!kIsLinux) GTEST_SKIP() << "every name is a path here";
  REQUIRE_FUNCTION(uv_pipe_bind2);
  const std::string name = std::string("\0a\0b\0", 5) + folder_;
  ASSERT_EQ(0, uv_pipe_bind2(&server_, name.data(), name.size(), UV_PIPE_NO_TRUNCATE));
  EXPECT_EQ(name, name_of(server_));
}

// Elsewhere it is no name at all.
TEST_F(PipeName, OnlyLinuxHasOtherNamesThanPaths) {
  if (kIsLinux) GTEST_SKIP() << "it has";
  REQUIRE_FUNCTION(uv_pipe_bind2);
  Connect connect;
  EXPECT_EQ(UV_EINVAL, uv_pipe_bind2(&server_, "", 0, 0));
  EXPECT_EQ(UV_EINVAL, uv_pipe_bind2(&server_, "\0name", 5, 0));
  EXPECT_EQ(UV_EINVAL,
            uv_pipe_connect2(connect.prepared(), &client_, "\0name", 5, 0, Connect::on_done));
  EXPECT_EQ(0, uv_pipe_bind(&server_, path_.c_str())) << "and it can be bound to a path";
}

TEST_F(PipeName, ALongAbstractNameIsCutOnlyWhenThatIsAllowed) {
  if (!kIsLinux) GTEST_SKIP() << "every name is a path here";
  REQUIRE_FUNCTION(uv_pipe_bind2);
  const std::string name = std::string(1, '\0') + folder_ + std::string(200, 'x');
  EXPECT_EQ(UV_EINVAL, uv_pipe_bind2(&server_, name.data(), name.size(), UV_PIPE_NO_TRUNCATE));
  ASSERT_EQ(0, uv_pipe_bind2(&server_, name.data(), name.size(), 0));
  EXPECT_EQ(name.substr(0, 108), name_of(server_));
}

// Each puts something else where the socket's file was. The socket lives on, so its file's number
// is not used again.
TEST_F(PipeName, ChmodLeavesAFileAlone) {
  REQUIRE_FUNCTION(violet_loop_init);
  ASSERT_EQ(0, uv_pipe_bind(&server_, path_.c_str()));
  ASSERT_EQ(0, unlink(path_.c_str()));
  make_file(path_);
  EXPECT_EQ(UV_ENOENT, uv_pipe_chmod(&server_, UV_READABLE | UV_WRITABLE));
  EXPECT_EQ(0600u, mode_of(path_));
}

TEST_F(PipeName, ChmodFollowsNoLink) {
  REQUIRE_FUNCTION(violet_loop_init);
  ASSERT_EQ(0, uv_pipe_bind(&server_, path_.c_str()));
  ASSERT_EQ(0, chmod(path_.c_str(), 0600));
  ASSERT_EQ(0, rename(path_.c_str(), moved_.c_str()));
  make_file(target_);
  ASSERT_EQ(0, symlink(target_.c_str(), path_.c_str()));
  EXPECT_EQ(UV_ENOENT, uv_pipe_chmod(&server_, UV_READABLE | UV_WRITABLE));
  EXPECT_EQ(0600u, mode_of(target_));
  // Not even to the socket itself.
  ASSERT_EQ(0, unlink(path_.c_str()));
  ASSERT_EQ(0, symlink(moved_.c_str(), path_.c_str()));
  EXPECT_EQ(UV_ENOENT, uv_pipe_chmod(&server_, UV_READABLE | UV_WRITABLE));
  EXPECT_EQ(0600u, mode_of(moved_));
}

TEST_F(PipeName, ChmodLeavesAnothersSocketAlone) {
  REQUIRE_FUNCTION(violet_loop_init);
  ASSERT_EQ(0, uv_pipe_bind(&server_, path_.c_str()));
  ASSERT_EQ(0, unlink(path_.c_str()));
  ASSERT_EQ(0, uv_pipe_bind(&client_, path_.c_str()));
  ASSERT_EQ(0, chmod(path_.c_str(), 0600));
  EXPECT_EQ(UV_ENOENT, uv_pipe_chmod(&server_, UV_READABLE | UV_WRITABLE));
  EXPECT_EQ(0600u, mode_of(path_));
  EXPECT_EQ(0, uv_pipe_chmod(&client_, UV_READABLE));
  EXPECT_EQ(0644u, mode_of(path_));
}

// A server that was replaced by another one goes.
TEST_F(PipeName, CloseLeavesAnothersFileAlone) {
  REQUIRE_FUNCTION(violet_loop_init);
  ASSERT_EQ(0, uv_pipe_bind(&server_, path_.c_str()));
  ASSERT_EQ(0, unlink(path_.c_str()));
  ASSERT_EQ(0, uv_pipe_bind(&client_, path_.c_str()));
  close(server_);
  uv_run(&loop_, UV_RUN_NOWAIT);
  EXPECT_EQ(0, access(path_.c_str(), F_OK));
  close(client_);
  uv_run(&loop_, UV_RUN_NOWAIT);
  EXPECT_NE(0, access(path_.c_str(), F_OK));
}

TEST_F(PipeName, ChmodNeedsAPath) {
  EXPECT_EQ(UV_EBADF, uv_pipe_chmod(&server_, UV_READABLE));
  ASSERT_EQ(0, uv_pipe_bind(&server_, path_.c_str()));
  ASSERT_EQ(0, unlink(path_.c_str()));
  EXPECT_EQ(UV_ENOENT, uv_pipe_chmod(&server_, UV_READABLE));
  uv_os_sock_t pair[2];
  ASSERT_EQ(0, uv_socketpair(SOCK_STREAM, 0, pair, 0, 0));
  ASSERT_EQ(0, uv_pipe_open(&client_, pair[0]));
  EXPECT_EQ(UV_ENOENT, uv_pipe_chmod(&client_, UV_READABLE));
  ::close(pair[1]);
}

}  // namespace
}  // namespace conformance

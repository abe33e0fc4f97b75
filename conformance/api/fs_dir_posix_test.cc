// Directories, links and temporary names on POSIX systems.
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <climits>

#include "fs_directory_fixture.h"
#include "platform.h"
#include "support.h"

namespace conformance {
namespace {

#define START uv_loop_t *loop, uv_fs_t *request, uv_fs_cb callback

// One of each kind that a test can make.
Entries make_every_kind(const TemporaryDirectory& directory) {
  int file = ::open((directory / "b-file").c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  EXPECT_GE(file, 0);
  ::close(file);
  EXPECT_EQ(0, mkdir((directory / "a-directory").c_str(), 0700));
  EXPECT_EQ(0, symlink("nowhere", (directory / "C-link").c_str()));
  EXPECT_EQ(0, mkfifo((directory / "d-fifo").c_str(), 0600));
  int server = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  std::snprintf(address.sun_path, sizeof(address.sun_path), "%s", (directory / "e-s").c_str());
  EXPECT_EQ(0, bind(server, reinterpret_cast<sockaddr*>(&address), sizeof(address)));
  ::close(server);
  return {{"C-link", UV_DIRENT_LINK},
          {"a-directory", UV_DIRENT_DIR},
          {"b-file", UV_DIRENT_FILE},
          {"d-fifo", UV_DIRENT_FIFO},
          {"e-s", UV_DIRENT_SOCKET}};
}

TEST_P(FsDirectory, ScansInOrder) {
  Entries expected = make_every_kind(directory_);
  FsCall call;
  ASSERT_EQ(static_cast<ssize_t>(expected.size()), scan(call, directory_.path()));
  EXPECT_NE(nullptr, call.request.ptr);
  uv_dirent_t entry;
  for (const auto& [name, type] : expected) {
    ASSERT_EQ(0, uv_fs_scandir_next(&call.request, &entry));
    EXPECT_EQ(name, entry.name);
    EXPECT_EQ(type, entry.type);
  }
  EXPECT_EQ(UV_EOF, uv_fs_scandir_next(&call.request, &entry));
  EXPECT_EQ(UV_EOF, uv_fs_scandir_next(&call.request, &entry));
}

TEST_P(FsDirectory, MakesAndRemoves) {
  std::string path = directory_ / "new";
  auto make = [&] {
    return run([&](START) { return uv_fs_mkdir(loop, request, path.c_str(), 0711, callback); });
  };
  auto remove = [&](const std::string& name) {
    return run([&](START) { return uv_fs_rmdir(loop, request, name.c_str(), callback); });
  };
  EXPECT_EQ(0, make());
  EXPECT_EQ(static_cast<uint64_t>(S_IFDIR | 0711), stat(path).st_mode);
  EXPECT_EQ(UV_EEXIST, make());
  EXPECT_EQ(UV_ENOTEMPTY, remove(directory_.path()));
  EXPECT_EQ(0, remove(path));
  EXPECT_EQ(UV_ENOENT, remove(path));
}

TEST_P(FsDirectory, MakesTemporaryDirectories) {
  std::string path_template = directory_ / "made-XXXXXX";
  FsCall call;
  EXPECT_EQ(0, run(call, [&](START) {
              return uv_fs_mkdtemp(loop, request, path_template.c_str(), callback);
            }));
  ASSERT_NE(nullptr, call.request.path);
  std::string path = call.request.path;
  EXPECT_EQ(directory_ / "made-XXXXXX", path_template) << "the template is not changed";
  EXPECT_EQ(path_template.size(), path.size());
  EXPECT_NE(path_template, path);
  EXPECT_EQ(static_cast<uint64_t>(S_IFDIR | 0700), stat(path).st_mode);
  EXPECT_EQ(UV_EINVAL, run([&](START) {
              return uv_fs_mkdtemp(loop, request, directory_.path().c_str(), callback);
            }));
  std::string missing = directory_ / "missing/XXXXXX";
  EXPECT_EQ(UV_ENOENT,
            run([&](START) { return uv_fs_mkdtemp(loop, request, missing.c_str(), callback); }));
}

TEST_P(FsDirectory, MakesTemporaryFiles) {
  std::string path_template = directory_ / "made-XXXXXX";
  FsCall call;
  ssize_t file = run(
      call, [&](START) { return uv_fs_mkstemp(loop, request, path_template.c_str(), callback); });
  ASSERT_GE(file, 0);
  EXPECT_NE(0, fcntl(static_cast<int>(file), F_GETFD) & FD_CLOEXEC);
  EXPECT_EQ(static_cast<uint64_t>(S_IFREG | 0600), stat(call.request.path).st_mode);
  EXPECT_EQ(4, write(static_cast<uv_file>(file), "text"));
  EXPECT_EQ("text", read_file(call.request.path));
  close(static_cast<uv_file>(file));
  EXPECT_EQ(UV_EINVAL, run(call, [&](START) {
              return uv_fs_mkstemp(loop, request, directory_.path().c_str(), callback);
            }));
  EXPECT_STREQ("", call.request.path) << "the name of nothing";
  std::string missing = directory_ / "missing/XXXXXX";
  EXPECT_EQ(UV_ENOENT, run(call, [&](START) {
              return uv_fs_mkstemp(loop, request, missing.c_str(), callback);
            }));
  EXPECT_STREQ("", call.request.path);
}

TEST_P(FsDirectory, RemovesAndRenamesFiles) {
  std::string path = directory_ / "file";
  std::string other = directory_ / "other";
  write_file(path, "text");
  auto rename = [&](const std::string& from, const std::string& to) {
    return run(
        [&](START) { return uv_fs_rename(loop, request, from.c_str(), to.c_str(), callback); });
  };
  auto unlink = [&](const std::string& name) {
    return run([&](START) { return uv_fs_unlink(loop, request, name.c_str(), callback); });
  };
  EXPECT_EQ(0, rename(path, other));
  EXPECT_EQ(UV_ENOENT, rename(path, other));
  EXPECT_EQ("text", read_file(other));
  EXPECT_EQ(kUnlinkedFolder, unlink(directory_.path()));
  EXPECT_EQ(0, unlink(other));
  EXPECT_EQ(UV_ENOENT, unlink(other));
}

TEST_P(FsDirectory, MakesLinks) {
  std::string path = directory_ / "file";
  std::string hard = directory_ / "hard";
  std::string soft = directory_ / "soft";
  write_file(path, "text");
  auto link = [&](const std::string& from, const std::string& to) {
    return run(
        [&](START) { return uv_fs_link(loop, request, from.c_str(), to.c_str(), callback); });
  };
  auto symlink = [&](const std::string& from, const std::string& to) {
    return run([&](START) {
      return uv_fs_symlink(loop, request, from.c_str(), to.c_str(), UV_FS_SYMLINK_DIR, callback);
    });
  };
  EXPECT_EQ(0, link(path, hard));
  EXPECT_EQ(2u, stat(path).st_nlink);
  EXPECT_EQ(UV_EEXIST, link(path, hard));
  EXPECT_EQ(UV_ENOENT, link(directory_ / "missing", directory_ / "x"));
  EXPECT_EQ(0, symlink("file", soft));
  EXPECT_EQ("text", read_file(soft));
  EXPECT_EQ(UV_EEXIST, symlink("file", soft));

  FsCall call;
  EXPECT_EQ(
      0, run(call, [&](START) { return uv_fs_readlink(loop, request, soft.c_str(), callback); }));
  EXPECT_STREQ("file", static_cast<const char*>(call.request.ptr));
  EXPECT_EQ(UV_EINVAL, run(call, [&](START) {
              return uv_fs_readlink(loop, request, path.c_str(), callback);
            }));
  EXPECT_EQ(nullptr, call.request.ptr);
}

TEST_P(FsDirectory, ReadsLongLinks) {
  std::string target(PATH_MAX - 1, 'x');
  std::string link = directory_ / "link";
  ASSERT_EQ(0, symlink(target.c_str(), link.c_str()));
  FsCall call;
  EXPECT_EQ(
      0, run(call, [&](START) { return uv_fs_readlink(loop, request, link.c_str(), callback); }));
  EXPECT_EQ(target, static_cast<const char*>(call.request.ptr));
}

TEST_P(FsDirectory, ResolvesPaths) {
  ASSERT_EQ(0, symlink(".", (directory_ / "soft").c_str()));
  std::string path = directory_ / "soft/../" +
                     directory_.path().substr(directory_.path().rfind('/') + 1) + "/soft";
  FsCall call;
  EXPECT_EQ(
      0, run(call, [&](START) { return uv_fs_realpath(loop, request, path.c_str(), callback); }));
  char expected[4096];
  ASSERT_NE(nullptr, ::realpath(directory_.path().c_str(), expected));
  EXPECT_STREQ(expected, static_cast<const char*>(call.request.ptr));
  std::string missing = directory_ / "missing";
  EXPECT_EQ(UV_ENOENT, run(call, [&](START) {
              return uv_fs_realpath(loop, request, missing.c_str(), callback);
            }));
  EXPECT_EQ(nullptr, call.request.ptr);
}

TEST_P(FsDirectory, ResolvesPathsThatAreLongerThanTheirLimit) {
  if (conformance::kRealpathIsLimited) GTEST_SKIP() << "realpath(3) is limited here";
  char before[4096];
  ASSERT_NE(nullptr, getcwd(before, sizeof(before)));
  ASSERT_EQ(0, chdir(directory_.path().c_str()));
  const std::string name(200, 'd');
  constexpr std::size_t kDepth = 25;
  for (std::size_t i = 0; i < kDepth; ++i) {
    ASSERT_EQ(0, mkdir(name.c_str(), 0700));
    ASSERT_EQ(0, chdir(name.c_str()));
  }
  FsCall call;
  EXPECT_EQ(0, run(call, [&](START) { return uv_fs_realpath(loop, request, ".", callback); }));
  if (call.request.ptr != nullptr) {
    EXPECT_GT(std::string(static_cast<const char*>(call.request.ptr)).size(), kDepth * 201);
  }
  for (std::size_t i = 0; i < kDepth; ++i) {
    ASSERT_EQ(0, chdir(".."));
    ASSERT_EQ(0, rmdir(name.c_str()));
  }
  ASSERT_EQ(0, chdir(before));
}

}  // namespace
}  // namespace conformance

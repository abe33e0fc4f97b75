// Functions that work without a loop as long as there is no callback, and refuse one without a loop
// before anything has begun.
#include <fcntl.h>
#include <netdb.h>
#include <unistd.h>

#include <cstring>
#include <ostream>

#include "fs_support.h"
#include "platform.h"
#include "support.h"

namespace conformance {
namespace {

class NoLoop : public testing::Test {
 protected:
  // libuv 1.44 looks into the loop that is not there.
  static bool refuses_callbacks() { return is_at_least(1, 45); }
};

void on_addresses(uv_getaddrinfo_t*, int, addrinfo*) {
  ADD_FAILURE() << "a callback of a look-up that was refused";
}
void on_names(uv_getnameinfo_t*, int, const char*, const char*) {
  ADD_FAILURE() << "a callback of a look-up that was refused";
}
void on_random(uv_random_t*, int, void*, size_t) {
  ADD_FAILURE() << "a callback of a request that was refused";
}

TEST_F(NoLoop, LooksUpAddresses) {
  if (!refuses_callbacks()) GTEST_SKIP() << "libuv 1.44 needs a loop here";
  addrinfo hints = {};
  hints.ai_flags = AI_NUMERICHOST;
  hints.ai_socktype = SOCK_STREAM;
  uv_getaddrinfo_t request;
  ASSERT_EQ(0, uv_getaddrinfo(nullptr, &request, nullptr, "127.0.0.1", "80", &hints));
  ASSERT_NE(nullptr, request.addrinfo);
  EXPECT_EQ(AF_INET, request.addrinfo->ai_family);
  EXPECT_EQ(UV_GETADDRINFO, request.type);
  uv_freeaddrinfo(request.addrinfo);
  EXPECT_EQ(UV_EAI_NONAME,
            uv_getaddrinfo(nullptr, &request, nullptr, "name.invalid", "80", &hints));
  EXPECT_EQ(UV_EINVAL, uv_getaddrinfo(nullptr, &request, nullptr, nullptr, nullptr, &hints));
  EXPECT_EQ(UV_EINVAL, uv_getaddrinfo(nullptr, &request, on_addresses, "127.0.0.1", "80", &hints));
}

TEST_F(NoLoop, LooksUpNames) {
  if (!refuses_callbacks()) GTEST_SKIP() << "libuv 1.44 needs a loop here";
  sockaddr_in address;
  ASSERT_EQ(0, uv_ip4_addr("127.0.0.1", 80, &address));
  const sockaddr* generic = reinterpret_cast<const sockaddr*>(&address);
  constexpr int kNumbers = NI_NUMERICHOST | NI_NUMERICSERV;
  uv_getnameinfo_t request;
  ASSERT_EQ(0, uv_getnameinfo(nullptr, &request, nullptr, generic, kNumbers));
  EXPECT_STREQ("127.0.0.1", request.host);
  EXPECT_STREQ("80", request.service);
  EXPECT_EQ(UV_GETNAMEINFO, request.type);
  EXPECT_EQ(UV_EINVAL, uv_getnameinfo(nullptr, &request, on_names, generic, kNumbers));
}

TEST_F(NoLoop, FillsWithRandomBytes) {
  unsigned char bytes[64] = {};
  const unsigned char zero[64] = {};
  ASSERT_EQ(0, uv_random(nullptr, nullptr, bytes, sizeof(bytes), 0, nullptr));
  EXPECT_NE(0, std::memcmp(bytes, zero, sizeof(bytes)));
  if (!refuses_callbacks()) return;
  uv_random_t request;
  EXPECT_EQ(UV_EINVAL, uv_random(nullptr, &request, bytes, sizeof(bytes), 0, on_random));
}

TEST_F(NoLoop, WorkHasNowhereToComeBackTo) {
  if (!refuses_callbacks()) GTEST_SKIP() << "libuv 1.44 looks into the loop that is not there";
  uv_work_t request;
  EXPECT_EQ(UV_EINVAL, uv_queue_work(
                           nullptr, &request, [](uv_work_t*) { ADD_FAILURE(); }, nullptr));
}

// Every file operation: with a callback UV_EINVAL, and nothing has happened.
using Start = int (*)(uv_fs_t* request, const char* path, uv_fs_cb callback);

struct Operation {
  const char* name;
  Start start;
};

void PrintTo(const Operation& operation, std::ostream* out) {
  *out << operation.name;
}

uv_buf_t one_byte() {
  static char byte = 'x';
  return uv_buf_init(&byte, 1);
}

uv_dir_t directory_with_room() {
  static uv_dirent_t entry;
  uv_dir_t directory = {};
  directory.dirents = &entry;
  directory.nentries = 1;
  return directory;
}

constexpr uv_file kNoFile = -1;
constexpr int kSomebody = 1;

const Operation kOperations[] = {
    {"open", [](uv_fs_t* r, const char* p,
                uv_fs_cb cb) { return uv_fs_open(nullptr, r, p, O_CREAT | O_RDWR, 0600, cb); }},
    {"close",
     [](uv_fs_t* r, const char*, uv_fs_cb cb) { return uv_fs_close(nullptr, r, kNoFile, cb); }},
    {"read",
     [](uv_fs_t* r, const char*, uv_fs_cb cb) {
       const uv_buf_t buffer = one_byte();
       return uv_fs_read(nullptr, r, kNoFile, &buffer, 1, 0, cb);
     }},
    {"write",
     [](uv_fs_t* r, const char*, uv_fs_cb cb) {
       const uv_buf_t buffer = one_byte();
       return uv_fs_write(nullptr, r, kNoFile, &buffer, 1, 0, cb);
     }},
    {"fsync",
     [](uv_fs_t* r, const char*, uv_fs_cb cb) { return uv_fs_fsync(nullptr, r, kNoFile, cb); }},
    {"fdatasync",
     [](uv_fs_t* r, const char*, uv_fs_cb cb) { return uv_fs_fdatasync(nullptr, r, kNoFile, cb); }},
    {"ftruncate", [](uv_fs_t* r, const char*,
                     uv_fs_cb cb) { return uv_fs_ftruncate(nullptr, r, kNoFile, 0, cb); }},
    {"sendfile",
     [](uv_fs_t* r, const char*, uv_fs_cb cb) {
       return uv_fs_sendfile(nullptr, r, kNoFile, kNoFile, 0, 1, cb);
     }},
    {"copyfile", [](uv_fs_t* r, const char* p,
                    uv_fs_cb cb) { return uv_fs_copyfile(nullptr, r, kSomeFile, p, 0, cb); }},
    {"stat", [](uv_fs_t* r, const char* p, uv_fs_cb cb) { return uv_fs_stat(nullptr, r, p, cb); }},
    {"lstat",
     [](uv_fs_t* r, const char* p, uv_fs_cb cb) { return uv_fs_lstat(nullptr, r, p, cb); }},
    {"fstat",
     [](uv_fs_t* r, const char*, uv_fs_cb cb) { return uv_fs_fstat(nullptr, r, kNoFile, cb); }},
    {"statfs",
     [](uv_fs_t* r, const char* p, uv_fs_cb cb) { return uv_fs_statfs(nullptr, r, p, cb); }},
    {"access",
     [](uv_fs_t* r, const char* p, uv_fs_cb cb) { return uv_fs_access(nullptr, r, p, 0, cb); }},
    {"chmod",
     [](uv_fs_t* r, const char* p, uv_fs_cb cb) { return uv_fs_chmod(nullptr, r, p, 0600, cb); }},
    {"fchmod", [](uv_fs_t* r, const char*,
                  uv_fs_cb cb) { return uv_fs_fchmod(nullptr, r, kNoFile, 0600, cb); }},
    {"chown", [](uv_fs_t* r, const char* p,
                 uv_fs_cb cb) { return uv_fs_chown(nullptr, r, p, kSomebody, kSomebody, cb); }},
    {"lchown", [](uv_fs_t* r, const char* p,
                  uv_fs_cb cb) { return uv_fs_lchown(nullptr, r, p, kSomebody, kSomebody, cb); }},
    {"fchown",
     [](uv_fs_t* r, const char*, uv_fs_cb cb) {
       return uv_fs_fchown(nullptr, r, kNoFile, kSomebody, kSomebody, cb);
     }},
    {"utime",
     [](uv_fs_t* r, const char* p, uv_fs_cb cb) { return uv_fs_utime(nullptr, r, p, 0, 0, cb); }},
    {"lutime",
     [](uv_fs_t* r, const char* p, uv_fs_cb cb) { return uv_fs_lutime(nullptr, r, p, 0, 0, cb); }},
    {"futime", [](uv_fs_t* r, const char*,
                  uv_fs_cb cb) { return uv_fs_futime(nullptr, r, kNoFile, 0, 0, cb); }},
    {"unlink",
     [](uv_fs_t* r, const char* p, uv_fs_cb cb) { return uv_fs_unlink(nullptr, r, p, cb); }},
    {"rename", [](uv_fs_t* r, const char* p,
                  uv_fs_cb cb) { return uv_fs_rename(nullptr, r, p, "/nowhere/at/all", cb); }},
    {"link", [](uv_fs_t* r, const char* p,
                uv_fs_cb cb) { return uv_fs_link(nullptr, r, "/nowhere/at/all", p, cb); }},
    {"symlink", [](uv_fs_t* r, const char* p,
                   uv_fs_cb cb) { return uv_fs_symlink(nullptr, r, "target", p, 0, cb); }},
    {"readlink",
     [](uv_fs_t* r, const char* p, uv_fs_cb cb) { return uv_fs_readlink(nullptr, r, p, cb); }},
    {"realpath",
     [](uv_fs_t* r, const char* p, uv_fs_cb cb) { return uv_fs_realpath(nullptr, r, p, cb); }},
    {"mkdir",
     [](uv_fs_t* r, const char* p, uv_fs_cb cb) { return uv_fs_mkdir(nullptr, r, p, 0700, cb); }},
    {"rmdir",
     [](uv_fs_t* r, const char* p, uv_fs_cb cb) { return uv_fs_rmdir(nullptr, r, p, cb); }},
    {"mkdtemp",
     [](uv_fs_t* r, const char* p, uv_fs_cb cb) { return uv_fs_mkdtemp(nullptr, r, p, cb); }},
    {"mkstemp",
     [](uv_fs_t* r, const char* p, uv_fs_cb cb) { return uv_fs_mkstemp(nullptr, r, p, cb); }},
    {"scandir",
     [](uv_fs_t* r, const char* p, uv_fs_cb cb) { return uv_fs_scandir(nullptr, r, p, 0, cb); }},
    {"opendir",
     [](uv_fs_t* r, const char* p, uv_fs_cb cb) { return uv_fs_opendir(nullptr, r, p, cb); }},
};

class NoLoopFile : public testing::TestWithParam<Operation> {
 protected:
  bool is_untouched() {
    uv_fs_t request;
    const int count = uv_fs_scandir(nullptr, &request, directory_.path().c_str(), 0, nullptr);
    uv_fs_req_cleanup(&request);
    return count == 0;
  }

  TemporaryDirectory directory_;
  std::string path_ = directory_ / "name-XXXXXX";
};
INSTANTIATE_TEST_SUITE_P(All, NoLoopFile, testing::ValuesIn(kOperations),
                         [](const auto& info) { return std::string(info.param.name); });

TEST_P(NoLoopFile, WorksWithoutACallback) {
  uv_fs_t request;
  const int result = GetParam().start(&request, path_.c_str(), nullptr);
  EXPECT_EQ(result, static_cast<int>(request.result));
  EXPECT_EQ(UV_FS, request.type);
  EXPECT_NE(UV_EINVAL, result);
  if (std::string(GetParam().name) == "open" || std::string(GetParam().name) == "mkstemp") {
    EXPECT_EQ(0, ::close(result));
  }
  uv_fs_req_cleanup(&request);
}

TEST_P(NoLoopFile, RefusesACallback) {
  if (!is_at_least(1, 45)) GTEST_SKIP() << "libuv 1.44 looks into the loop that is not there";
  uv_fs_t request;
  EXPECT_EQ(UV_EINVAL, GetParam().start(&request, path_.c_str(), [](uv_fs_t*) { FAIL(); }));
  EXPECT_TRUE(is_untouched());
  EXPECT_EQ(nullptr, request.path) << "nothing is held that would have to be cleaned up";
  uv_fs_req_cleanup(&request);
}

TEST_F(NoLoop, DirectoriesAreReadToTheirEnd) {
  uv_fs_t request;
  TemporaryDirectory path;
  ASSERT_EQ(0, uv_fs_opendir(nullptr, &request, path.path().c_str(), nullptr));
  uv_dir_t* directory = static_cast<uv_dir_t*>(request.ptr);
  uv_fs_req_cleanup(&request);
  const uv_dir_t room = directory_with_room();
  directory->dirents = room.dirents;
  directory->nentries = room.nentries;
  if (is_at_least(1, 45)) {
    const uv_fs_cb callback = [](uv_fs_t*) { FAIL(); };
    EXPECT_EQ(UV_EINVAL, uv_fs_readdir(nullptr, &request, directory, callback));
    EXPECT_EQ(UV_EINVAL, uv_fs_closedir(nullptr, &request, directory, callback));
  }
  EXPECT_EQ(0, uv_fs_readdir(nullptr, &request, directory, nullptr));
  uv_fs_req_cleanup(&request);
  EXPECT_EQ(0, uv_fs_closedir(nullptr, &request, directory, nullptr));
  uv_fs_req_cleanup(&request);
}

}  // namespace
}  // namespace conformance

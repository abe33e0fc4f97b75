// What the system module says on POSIX systems.
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/resource.h>
#include <unistd.h>

#include <climits>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>

#include "support.h"

namespace {

// Sets a variable, or removes it with a null value, until the end of the scope.
class ScopedVariable {
 public:
  ScopedVariable(const char* name, const char* value) : name_(name) {
    const char* old = std::getenv(name);
    had_ = old != nullptr;
    if (had_) old_ = old;
    set(value);
  }
  ~ScopedVariable() { set(had_ ? old_.c_str() : nullptr); }

 private:
  void set(const char* value) {
    if (value != nullptr) {
      setenv(name_, value, 1);
    } else {
      unsetenv(name_);
    }
  }
  const char* name_;
  std::string old_;
  bool had_;
};

constexpr char kNoAccount[] = "this machine has no account of the number";

std::string text_of(int (*function)(char*, size_t*)) {
  char buffer[4096];
  std::size_t size = sizeof(buffer);
  int error = function(buffer, &size);
  return error == 0 ? buffer : uv_err_name(error);
}

TEST(Processors, ParallelismIsNeverZero) {
  EXPECT_GE(uv_available_parallelism(), 1u);
  EXPECT_LE(uv_available_parallelism(), static_cast<unsigned>(sysconf(_SC_NPROCESSORS_CONF)));
}

TEST(Process, Ids) {
  EXPECT_EQ(getpid(), uv_os_getpid());
  EXPECT_EQ(getppid(), uv_os_getppid());
}

TEST(Paths, ExecutablePathIsCutToTheBuffer) {
  char buffer[4096];
  std::size_t size = sizeof(buffer);
  EXPECT_EQ(UV_EINVAL, uv_exepath(nullptr, &size));
  EXPECT_EQ(UV_EINVAL, uv_exepath(buffer, nullptr));
  ASSERT_EQ(0, uv_exepath(buffer, &size));
  EXPECT_EQ(std::strlen(buffer), size);
  EXPECT_EQ(0, access(buffer, X_OK));
  size = 4;
  EXPECT_EQ(0, uv_exepath(buffer, &size));
  EXPECT_EQ(3u, size);
  size = 1;
  EXPECT_EQ(0, uv_exepath(buffer, &size));
  EXPECT_STREQ("", buffer);
}

TEST(Paths, ChangingTheDirectory) {
  std::string before = text_of(uv_cwd);
  EXPECT_EQ(UV_ENOENT, uv_chdir("/no such directory"));
  EXPECT_EQ(UV_ENOENT, uv_chdir(""));
  EXPECT_EQ(before, text_of(uv_cwd));
  ASSERT_EQ(0, uv_chdir("/"));
  EXPECT_EQ("/", text_of(uv_cwd));
  EXPECT_EQ(0, uv_chdir(before.c_str()));
}

TEST(Paths, HomeComesFromTheEnvironmentThenFromTheAccount) {
  {
    ScopedVariable home("HOME", "/some/where/");
    EXPECT_EQ("/some/where/", text_of(uv_os_homedir));
  }
  if (getpwuid(geteuid()) == nullptr) GTEST_SKIP() << kNoAccount;
  ScopedVariable home("HOME", nullptr);
  uv_passwd_t user;
  ASSERT_EQ(0, uv_os_get_passwd(&user));
  EXPECT_EQ(user.homedir, text_of(uv_os_homedir));
  uv_os_free_passwd(&user);
}

TEST(Paths, TemporaryDirectoryFollowsTheOrderOfItsVariables) {
  ScopedVariable variable1("TMPDIR", "/one/"), variable2("TMP", "/two");
  ScopedVariable variable3("TEMP", "/three"), variable4("TEMPDIR", "/four");
  EXPECT_EQ("/one", text_of(uv_os_tmpdir)) << "without the slash at its end";
  unsetenv("TMPDIR");
  EXPECT_EQ("/two", text_of(uv_os_tmpdir));
  unsetenv("TMP");
  EXPECT_EQ("/three", text_of(uv_os_tmpdir));
  unsetenv("TEMP");
  EXPECT_EQ("/four", text_of(uv_os_tmpdir));
  unsetenv("TEMPDIR");
  EXPECT_EQ("/tmp", text_of(uv_os_tmpdir));
}

TEST(Users, OwnAccount) {
  if (getpwuid(geteuid()) == nullptr) GTEST_SKIP() << kNoAccount;
  uv_passwd_t user;
  EXPECT_EQ(UV_EINVAL, uv_os_get_passwd(nullptr));
  ASSERT_EQ(0, uv_os_get_passwd(&user));
  EXPECT_EQ(geteuid(), user.uid);
  EXPECT_GT(std::strlen(user.username), 0u);
  EXPECT_GT(std::strlen(user.homedir), 0u);
  uv_os_free_passwd(&user);
  uv_os_free_passwd(nullptr);
}

TEST(Users, AccountById) {
  REQUIRE_FUNCTION(uv_os_get_passwd2);
  // More than one name may have the number.
  const passwd* known = getpwuid(0);
  if (known == nullptr) GTEST_SKIP() << kNoAccount;
  const std::string name = known->pw_name;
  uv_passwd_t user;
  EXPECT_EQ(UV_EINVAL, uv_os_get_passwd2(nullptr, 0));
  ASSERT_EQ(0, uv_os_get_passwd2(&user, 0));
  EXPECT_EQ(name, user.username);
  uv_os_free_passwd(&user);
  EXPECT_EQ(UV_ENOENT, uv_os_get_passwd2(&user, 0x7ffffffe));
}

TEST(Users, GroupById) {
  REQUIRE_FUNCTION(uv_os_get_group);
  if (getgrgid(0) == nullptr) GTEST_SKIP() << kNoAccount;
  uv_group_t group;
  EXPECT_EQ(UV_EINVAL, uv_os_get_group(nullptr, 0));
  ASSERT_EQ(0, uv_os_get_group(&group, 0));
  EXPECT_STREQ(getgrgid(0)->gr_name, group.groupname);
  EXPECT_EQ(0u, group.gid);
  EXPECT_NE(nullptr, group.members);
  uv_os_free_group(&group);
  EXPECT_EQ(UV_ENOENT, uv_os_get_group(&group, 0x7ffffffe));
}

}  // namespace

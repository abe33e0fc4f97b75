// What the system module says on Windows.
#include <cstring>
#include <string>

#include "support.h"

// Needs the types of <windows.h>.
#include <tlhelp32.h>

namespace {

std::string text_of(int (*function)(char*, size_t*)) {
  char buffer[4096];
  std::size_t size = sizeof(buffer);
  int error = function(buffer, &size);
  return error == 0 ? buffer : uv_err_name(error);
}

TEST(Processors, ParallelismIsNoMoreThanTheMachine) {
  SYSTEM_INFO system;
  GetSystemInfo(&system);
  EXPECT_LE(uv_available_parallelism(), system.dwNumberOfProcessors);
}

// Who started a process, as the list of all processes has it.
DWORD listed_parent(DWORD id) {
  HANDLE list = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
  PROCESSENTRY32W entry = {};
  entry.dwSize = sizeof(entry);
  DWORD parent = ~DWORD{0};
  for (BOOL found = Process32FirstW(list, &entry); found; found = Process32NextW(list, &entry)) {
    if (entry.th32ProcessID == id) parent = entry.th32ParentProcessID;
  }
  CloseHandle(list);
  return parent;
}

TEST(Process, Ids) {
  EXPECT_EQ(static_cast<int>(GetCurrentProcessId()), uv_os_getpid());
  EXPECT_EQ(listed_parent(GetCurrentProcessId()), static_cast<DWORD>(uv_os_getppid()));
}

TEST(Process, PriorityIsOneOfTheClasses) {
  int priority;
  ASSERT_EQ(0, uv_os_setpriority(0, 5));
  ASSERT_EQ(0, uv_os_getpriority(0, &priority));
  EXPECT_EQ(UV_PRIORITY_NORMAL, priority);
  ASSERT_EQ(0, uv_os_setpriority(0, UV_PRIORITY_BELOW_NORMAL + 1));
  ASSERT_EQ(0, uv_os_getpriority(0, &priority));
  EXPECT_EQ(UV_PRIORITY_BELOW_NORMAL, priority);
  ASSERT_EQ(0, uv_os_setpriority(0, -1));
  ASSERT_EQ(0, uv_os_getpriority(0, &priority));
  EXPECT_EQ(UV_PRIORITY_ABOVE_NORMAL, priority);
  EXPECT_EQ(DWORD{ABOVE_NORMAL_PRIORITY_CLASS}, GetPriorityClass(GetCurrentProcess()));
  EXPECT_EQ(0, uv_os_setpriority(0, UV_PRIORITY_NORMAL));
}

TEST(Process, SignalsThatAreNotEmulatedAreUnknown) {
  EXPECT_EQ(UV_ENOSYS, uv_kill(uv_os_getpid(), SIGHUP));
  EXPECT_EQ(UV_EINVAL, uv_kill(uv_os_getpid(), -1));
  EXPECT_EQ(UV_EINVAL, uv_kill(uv_os_getpid(), NSIG));
}

TEST(Process, TheTitleIsKept) {
  char title[64];
  ASSERT_EQ(0, uv_set_process_title("a title \xc3\xa4"));
  ASSERT_EQ(0, uv_get_process_title(title, sizeof(title)));
  EXPECT_STREQ("a title \xc3\xa4", title);
  EXPECT_EQ(UV_ENOBUFS, uv_get_process_title(title, 5));
  EXPECT_EQ(UV_EINVAL, uv_set_process_title("\xff"));
}

TEST(Environment, NamesAndValuesKeepEveryLetter) {
  // A lone surrogate, which UTF-8 cannot carry.
  const char* value = "\xf0\x9f\x90\xb1 \xed\xa0\x80";
  ASSERT_EQ(0, uv_os_setenv("VIOLET_\xc3\xa4", value));
  char buffer[64];
  std::size_t size = sizeof(buffer);
  ASSERT_EQ(0, uv_os_getenv("VIOLET_\xc3\xa4", buffer, &size));
  EXPECT_STREQ(value, buffer);
  EXPECT_EQ(0, uv_os_unsetenv("VIOLET_\xc3\xa4"));
}

TEST(Environment, AValueMayBeEmptyOrLong) {
  ASSERT_EQ(0, uv_os_setenv("VIOLET_TEST", ""));
  char buffer[8];
  std::size_t size = sizeof(buffer);
  EXPECT_EQ(0, uv_os_getenv("VIOLET_TEST", buffer, &size));
  EXPECT_EQ(0u, size);
  const std::string value(20'000, 'x');
  ASSERT_EQ(0, uv_os_setenv("VIOLET_TEST", value.c_str()));
  std::string room(value.size() + 1, '\0');
  size = room.size();
  ASSERT_EQ(0, uv_os_getenv("VIOLET_TEST", room.data(), &size));
  EXPECT_EQ(value, room.c_str());
  uv_os_unsetenv("VIOLET_TEST");
}

TEST(Paths, ExecutablePathIsCutToTheBuffer) {
  char buffer[4096];
  std::size_t size = sizeof(buffer);
  EXPECT_EQ(UV_EINVAL, uv_exepath(nullptr, &size));
  ASSERT_EQ(0, uv_exepath(buffer, &size));
  EXPECT_EQ(std::strlen(buffer), size);
  EXPECT_EQ(":\\", std::string(buffer).substr(1, 2));
  size = 4;
  EXPECT_EQ(0, uv_exepath(buffer, &size));
  EXPECT_EQ(3u, size);
}

TEST(Paths, ChangingTheDirectory) {
  const std::string before = text_of(uv_cwd);
  EXPECT_EQ(UV_ENOENT, uv_chdir("/no such directory"));
  EXPECT_EQ(UV_ENOENT, uv_chdir(""));
  EXPECT_EQ(before, text_of(uv_cwd));
  ASSERT_EQ(0, uv_chdir("c:/windows/"));
  EXPECT_STRCASEEQ("c:\\windows", text_of(uv_cwd).c_str());
  ASSERT_EQ(0, uv_chdir("c:\\"));
  EXPECT_STRCASEEQ("c:\\", text_of(uv_cwd).c_str());
  EXPECT_EQ(0, uv_chdir(before.c_str()));
}

TEST(Paths, HomeComesFromTheEnvironmentThenFromTheAccount) {
  char before[1024];
  std::size_t size = sizeof(before);
  ASSERT_EQ(0, uv_os_getenv("USERPROFILE", before, &size));
  ASSERT_EQ(0, uv_os_setenv("USERPROFILE", "x:\\some where"));
  EXPECT_EQ("x:\\some where", text_of(uv_os_homedir));
  ASSERT_EQ(0, uv_os_unsetenv("USERPROFILE"));
  uv_passwd_t user;
  ASSERT_EQ(0, uv_os_get_passwd(&user));
  EXPECT_EQ(user.homedir, text_of(uv_os_homedir));
  uv_os_free_passwd(&user);
  ASSERT_EQ(0, uv_os_setenv("USERPROFILE", before));
}

TEST(Paths, TemporaryDirectoryHasNoSeparatorAtItsEnd) {
  const std::string path = text_of(uv_os_tmpdir);
  ASSERT_FALSE(path.empty());
  EXPECT_NE('\\', path.back());
}

TEST(Users, OwnAccountHasNoNumbers) {
  uv_passwd_t user;
  EXPECT_EQ(UV_EINVAL, uv_os_get_passwd(nullptr));
  ASSERT_EQ(0, uv_os_get_passwd(&user));
  EXPECT_EQ(static_cast<unsigned long>(-1), user.uid);
  EXPECT_EQ(static_cast<unsigned long>(-1), user.gid);
  EXPECT_EQ(nullptr, user.shell);
  EXPECT_GT(std::strlen(user.username), 0u);
  EXPECT_GT(std::strlen(user.homedir), 0u);
  uv_os_free_passwd(&user);
}

TEST(Users, OtherAccountsAreNotSupported) {
  uv_passwd_t user;
  uv_group_t group;
  EXPECT_EQ(UV_ENOTSUP, uv_os_get_passwd2(&user, 0));
  EXPECT_EQ(UV_ENOTSUP, uv_os_get_group(&group, 0));
}

TEST(Errors, AreThoseOfWin32AndWinsock) {
  const struct {
    int system;
    int error;
  } pairs[] = {
      {ERROR_SUCCESS, 0},
      {ERROR_PATH_NOT_FOUND, UV_ENOENT},
      {ERROR_ACCESS_DENIED, UV_EPERM},
      {ERROR_SHARING_VIOLATION, UV_EBUSY},
      {ERROR_BROKEN_PIPE, UV_EOF},
      {ERROR_PRIVILEGE_NOT_HELD, UV_EPERM},
      {WSAEWOULDBLOCK, UV_EAGAIN},
      {WSAECONNRESET, UV_ECONNRESET},
      {WSAHOST_NOT_FOUND, UV_ENOENT},
      {15'999, UV_UNKNOWN},
  };
  for (const auto& pair : pairs)
    EXPECT_EQ(pair.error, uv_translate_sys_error(pair.system)) << pair.system;
}

}  // namespace

// What descriptors and libraries are on Windows.
#include <uv.h>

#include "fs_support.h"
#include "support.h"

namespace conformance {
namespace {

bool is_inheritable(HANDLE handle) {
  DWORD flags = HANDLE_FLAG_INHERIT;
  EXPECT_TRUE(GetHandleInformation(handle, &flags));
  return (flags & HANDLE_FLAG_INHERIT) != 0;
}

TEST(Pipe, EndsAreNotInheritedAndCarryBytes) {
  uv_file ends[2];
  ASSERT_EQ(0, uv_pipe(ends, UV_NONBLOCK_PIPE, 0));
  EXPECT_FALSE(is_inheritable(uv_get_osfhandle(ends[0])));
  EXPECT_FALSE(is_inheritable(uv_get_osfhandle(ends[1])));
  EXPECT_EQ(1, write_at_once(ends[1], "x"));
  EXPECT_EQ(0, close_at_once(ends[0]));
  EXPECT_EQ(0, close_at_once(ends[1]));
}

TEST(SocketPair, EndsAreNotInherited) {
  uv_os_sock_t ends[2];
  for (int type : {SOCK_STREAM, SOCK_DGRAM}) {
    ASSERT_EQ(0, uv_socketpair(type, 0, ends, UV_NONBLOCK_PIPE, 0)) << type;
    for (uv_os_sock_t end : ends) {
      EXPECT_FALSE(is_inheritable(reinterpret_cast<HANDLE>(end))) << type;
      closesocket(end);
    }
  }
}

TEST(SocketPair, UnknownTypesFail) {
  uv_os_sock_t ends[2] = {7, 7};
  EXPECT_LT(uv_socketpair(99, 0, ends, 0, 0), 0);
  EXPECT_EQ(7u, ends[0]);
}

TEST(OsHandle, IsTheOneBehindTheFile) {
  const HANDLE handle =
      CreateFileW(L"NUL", GENERIC_READ, 0, nullptr, OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr);
  const int file = uv_open_osfhandle(handle);
  ASSERT_GE(file, 0);
  EXPECT_EQ(handle, uv_get_osfhandle(file));
  EXPECT_EQ(0, close_at_once(file));
}

TEST(DynamicLibrary, FindsSymbols) {
  uv_lib_t library;
  void* symbol = nullptr;
  ASSERT_EQ(0, uv_dlopen("kernel32.dll", &library));
  EXPECT_STREQ("no error", uv_dlerror(&library));
  EXPECT_EQ(0, uv_dlsym(&library, "GetTickCount", &symbol));
  EXPECT_EQ(
      reinterpret_cast<void*>(GetProcAddress(GetModuleHandleW(L"kernel32.dll"), "GetTickCount")),
      symbol);
  EXPECT_EQ(-1, uv_dlsym(&library, "no_such_symbol", &symbol));
  EXPECT_STRNE("no error", uv_dlerror(&library));
  uv_dlclose(&library);
}

TEST(DynamicLibrary, TheProgramItselfCanBeOpened) {
  uv_lib_t library;
  ASSERT_EQ(0, uv_dlopen(nullptr, &library));
  uv_dlclose(&library);
}

}  // namespace
}  // namespace conformance

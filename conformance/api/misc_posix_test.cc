#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>
#include <functional>
#include <string>

#include "own_process.h"
#include "platform.h"
#include "support.h"

namespace {

class Descriptor {
 public:
  explicit Descriptor(int descriptor) : descriptor_(descriptor) { EXPECT_GE(descriptor, 0); }
  ~Descriptor() { close(descriptor_); }
  Descriptor(const Descriptor&) = delete;
  int get() const { return descriptor_; }

 private:
  int descriptor_;
};

bool is_nonblocking(int descriptor) {
  return (fcntl(descriptor, F_GETFL) & O_NONBLOCK) != 0;
}

bool is_inheritable(int descriptor) {
  return (fcntl(descriptor, F_GETFD) & FD_CLOEXEC) == 0;
}

TEST(GuessHandle, Folders) {
  EXPECT_EQ(UV_UNKNOWN_HANDLE, uv_guess_handle(Descriptor(open("/", O_RDONLY)).get()));
}

TEST(GuessHandle, Sockets) {
  auto guess = [](int domain, int type) {
    return uv_guess_handle(Descriptor(socket(domain, type, 0)).get());
  };
  EXPECT_EQ(UV_TCP, guess(AF_INET, SOCK_STREAM));
  EXPECT_EQ(UV_UDP, guess(AF_INET, SOCK_DGRAM));
  EXPECT_EQ(UV_NAMED_PIPE, guess(AF_UNIX, SOCK_STREAM));
  EXPECT_EQ(UV_UNKNOWN_HANDLE, guess(AF_UNIX, SOCK_DGRAM));
}

TEST(GuessHandle, Terminal) {
  int descriptor = open("/dev/ptmx", O_RDWR | O_NOCTTY);
  if (descriptor < 0) GTEST_SKIP() << "no pseudo-terminals here";
  EXPECT_EQ(UV_TTY, uv_guess_handle(descriptor));
  close(descriptor);
}

TEST(Pipe, EndsAreNonblockingAsAskedAndNotInherited) {
  uv_file ends[2];
  ASSERT_EQ(0, uv_pipe(ends, UV_NONBLOCK_PIPE, 0));
  EXPECT_TRUE(is_nonblocking(ends[0]));
  EXPECT_FALSE(is_nonblocking(ends[1]));
  EXPECT_FALSE(is_inheritable(ends[0]));
  EXPECT_FALSE(is_inheritable(ends[1]));
  char byte = 0;
  EXPECT_EQ(1, write(ends[1], "x", 1));
  EXPECT_EQ(1, read(ends[0], &byte, 1));
  EXPECT_EQ('x', byte);
  EXPECT_EQ(UV_NAMED_PIPE, uv_guess_handle(ends[0]));
  close(ends[0]);
  close(ends[1]);
}

TEST(SocketPair, EndsAreNonblockingAsAskedAndNotInherited) {
  uv_os_sock_t ends[2];
  ASSERT_EQ(0, uv_socketpair(SOCK_STREAM, 0, ends, 0, UV_NONBLOCK_PIPE));
  EXPECT_FALSE(is_nonblocking(ends[0]));
  EXPECT_TRUE(is_nonblocking(ends[1]));
  EXPECT_FALSE(is_inheritable(ends[0]));
  close(ends[0]);
  close(ends[1]);
  ASSERT_EQ(0, uv_socketpair(SOCK_DGRAM, 0, ends, UV_NONBLOCK_PIPE, UV_NONBLOCK_PIPE));
  EXPECT_TRUE(is_nonblocking(ends[0]) && is_nonblocking(ends[1]));
  close(ends[0]);
  close(ends[1]);
}

TEST(SocketPair, UnknownTypeAndProtocolFail) {
  uv_os_sock_t ends[2] = {-7, -7};
  EXPECT_EQ(conformance::kUnknownSocketType, uv_socketpair(99, 0, ends, 0, 0));
  EXPECT_EQ(UV_EPROTONOSUPPORT, uv_socketpair(SOCK_STREAM, 6, ends, 0, 0));
  EXPECT_EQ(-7, ends[0]);
}

TEST(OsHandle, IsTheDescriptor) {
  EXPECT_EQ(7, uv_get_osfhandle(7));
  EXPECT_EQ(7, uv_open_osfhandle(7));
}

// What cannot be undone in this process.
void expect_in_own_process(const std::function<bool()>& body) {
  EXPECT_EQ(0, conformance::in_own_process([&body] { return body() ? 0 : 1; }));
}

TEST(Inheritance, IsDisabledForAllDescriptors) {
  expect_in_own_process([] {
    int descriptor = open("/dev/null", O_RDONLY);
    uv_disable_stdio_inheritance();
    return !is_inheritable(descriptor) && !is_inheritable(0);
  });
}

TEST(DynamicLibrary, FindsSymbols) {
  uv_lib_t library;
  void* symbol = nullptr;
  ASSERT_EQ(0, uv_dlopen(nullptr, &library));
  EXPECT_STREQ("no error", uv_dlerror(&library));
  EXPECT_EQ(0, uv_dlsym(&library, "malloc", &symbol));
  EXPECT_NE(nullptr, symbol);
  EXPECT_EQ(-1, uv_dlsym(&library, "no_such_symbol", &symbol));
  EXPECT_NE(nullptr, std::strstr(uv_dlerror(&library), "no_such_symbol"));
  EXPECT_EQ(0, uv_dlsym(&library, "malloc", &symbol));
  EXPECT_NE(nullptr, std::strstr(uv_dlerror(&library), "no_such_symbol")) << "kept, like errno";
  uv_dlclose(&library);
}

TEST(DynamicLibrary, MissingFileIsNamed) {
  uv_lib_t library;
  EXPECT_EQ(-1, uv_dlopen("/no/such/library.so", &library));
  EXPECT_NE(nullptr, std::strstr(uv_dlerror(&library), "/no/such/library.so"));
  uv_dlclose(&library);
}

TEST(ProcessTitle, NeedsTheArgumentsFirst) {
  expect_in_own_process([] {
    char buffer[16];
    return uv_set_process_title("x") == UV_ENOBUFS &&
           uv_get_process_title(buffer, sizeof(buffer)) == UV_ENOBUFS &&
           uv_get_process_title(nullptr, 1) == UV_EINVAL &&
           uv_get_process_title(buffer, 0) == UV_EINVAL;
  });
}

// A command line as the kernel lays it out: the arguments end to end.
struct CommandLine {
  char memory[18] = "program\0one\0three";
  char* arguments[4] = {memory, memory + 8, memory + 12, nullptr};
};

// Where a system shows that memory as the title, the arguments become a copy. Others have a call
// for the title, and everything stays where it is.
bool takes_memory(char** arguments, const CommandLine& line) {
  return arguments != line.arguments;
}

TEST(ProcessTitle, TakesTheMemoryOfTheArgumentsOrLeavesThemAlone) {
  expect_in_own_process([] {
    static CommandLine line;
    char buffer[64];
    char** arguments = uv_setup_args(3, line.arguments);
    const std::string memory = takes_memory(arguments, line) ? "new" : "program";
    if (std::string("one") != arguments[1] || std::string("three") != arguments[2]) return false;
    if (uv_get_process_title(buffer, sizeof(buffer)) != 0) return false;
    if (std::string("program") != buffer) return false;
    if (uv_set_process_title("new") != 0 || memory != line.memory) return false;
    if (uv_get_process_title(buffer, 3) != UV_ENOBUFS) return false;
    if (uv_get_process_title(buffer, 4) != 0 || std::string("new") != buffer) return false;
    return std::string("three") == arguments[2];
  });
}

TEST(ProcessTitle, IsCutToItsMemory) {
  expect_in_own_process([] {
    static CommandLine line;
    char buffer[64];
    const std::string title = "a title that is longer than that";
    char** arguments = uv_setup_args(3, line.arguments);
    const std::size_t room = takes_memory(arguments, line) ? sizeof(line.memory) - 1 : title.size();
    if (uv_set_process_title(title.c_str()) != 0) return false;
    return uv_get_process_title(buffer, sizeof(buffer)) == 0 && title.substr(0, room) == buffer;
  });
}

}  // namespace

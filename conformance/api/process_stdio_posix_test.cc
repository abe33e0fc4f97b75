// What children are given as descriptors on POSIX systems.
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <string>

#include "platform.h"
#include "process_posix_support.h"
#include "support.h"
#include "system.h"

namespace conformance {
namespace {

TEST_F(ProcessTest, DescriptorsMayChangePlaces) {
  if (!is_at_least(1, 52)) GTEST_SKIP() << "libuv 1.44 closes one of them";
  // 3 and 4 change places, 5 gets what was 3: each source lies where another one goes.
  std::string paths[] = {directory / "a", directory / "b"};
  for (int i = 0; i < 2; ++i)
    std::ofstream(paths[i]) << (i == 0 ? "first" : "second");
  int low[2];
  int saved[2] = {fcntl(3, F_DUPFD_CLOEXEC, 20), fcntl(4, F_DUPFD_CLOEXEC, 20)};
  for (int i = 0; i < 2; ++i) {
    int file = open(paths[i].c_str(), O_RDONLY | O_CLOEXEC);
    low[i] = fcntl(file, F_DUPFD_CLOEXEC, 30);
    close(file);
  }
  ASSERT_EQ(3, test_support::copy_descriptor_to(low[0], 3));
  ASSERT_EQ(4, test_support::copy_descriptor_to(low[1], 4));
  // The last two share one position.
  Child child({"/bin/sh", "-c", "cat <&3; dd bs=1 count=3 <&4 2>/dev/null; echo; cat <&5"});
  child.give(2, 2);
  child.give(3, 4);
  child.give(4, 3);
  child.give(5, 3);
  child.stdio[0].flags = UV_IGNORE;
  // The loop's own descriptors may have been at 3 or 4: put them back before it runs.
  int file = open(output.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  child.give(1, file);
  int error = child.spawn(loop);
  close(file);
  for (int i = 0; i < 2; ++i) {
    close(low[i]);
    if (saved[i] < 0) {
      close(3 + i);
    } else {
      test_support::copy_descriptor_to(saved[i], 3 + i);
      close(saved[i]);
    }
  }
  ASSERT_EQ(0, error);
  run();
  EXPECT_EQ("secondfir\nst", contents(output));
}

TEST_F(ProcessTest, IgnoredStandardStreamsAreTheNullDevice) {
  Child child({"/bin/sh", "-c",
               "cat && echo x && echo x >&2 && ! test -t 1 && echo \"nothing came, all went\" >$0",
               output});
  child.options.stdio_count = 1;
  ASSERT_EQ(0, child.spawn(loop));
  run();
  EXPECT_EQ("nothing came, all went\n", contents(output));
  if (!has_process_files()) return;
  Child strict({"/bin/sh", "-c",
                "all=$(for n in 0 1 2; do readlink /proc/$$/fd/$n; done); echo \"$all\" >$0",
                output});
  strict.options.stdio_count = 1;
  ASSERT_EQ(0, strict.spawn(loop));
  run();
  EXPECT_EQ("/dev/null\n/dev/null\n/dev/null\n", contents(output));
}

TEST_F(ProcessTest, LeaksNoDescriptors) {
  // What this test program itself has inherited stays inheritable.
  const std::string list = kListInherited;
  std::string plain = directory / "plain";
  ASSERT_EQ(0, std::system(("(" + list + ") >" + plain).c_str()));
  Child beside({"sleep", "100"});
  ASSERT_EQ(0, beside.spawn(loop));
  Child child({"/bin/sh", "-c", "(" + list + "); kill " + std::to_string(beside.process.pid)});
  child.give(2, 2);
  run_script(*this, child);
  EXPECT_EQ(contents(plain), contents(output));
  EXPECT_EQ(SIGTERM, beside.signal);
}

TEST_F(ProcessTest, APipeMayGoBothWaysAndNotBlock) {
  if (!is_at_least(1, 52)) GTEST_SKIP() << "libuv 1.44 ignores UV_NONBLOCK_PIPE";
  if (!kIsLinux) GTEST_SKIP() << "nobody tells a child's flags";
  Child child({"/bin/sh", "-c", "grep flags /proc/self/fdinfo/0 /proc/self/fdinfo/1 >&2"});
  Collector both(loop), blocking(loop), errors(loop);
  child.pipe(0, UV_READABLE_PIPE | UV_WRITABLE_PIPE | UV_NONBLOCK_PIPE, both.stream());
  child.pipe(1, UV_WRITABLE_PIPE, blocking.stream());
  child.pipe(2, UV_WRITABLE_PIPE, errors.stream());
  ASSERT_EQ(0, child.spawn(loop));
  EXPECT_TRUE(uv_is_writable(both.stream()));
  EXPECT_TRUE(uv_is_readable(both.stream()));
  for (Collector* collector : {&both, &blocking, &errors})
    collector->start();
  run();
  EXPECT_EQ("/proc/self/fdinfo/0:flags:\t04002\n/proc/self/fdinfo/1:flags:\t02\n", errors.text);
}

}  // namespace
}  // namespace conformance

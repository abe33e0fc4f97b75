#include <climits>
#include <cstdint>
#include <cstring>

#include "support.h"

namespace {

TEST(Clock, HrtimeNeverGoesBack) {
  std::uint64_t first = uv_hrtime();
  EXPECT_GT(first, 0u);
  EXPECT_GE(uv_hrtime(), first);
}

TEST(Clock, GettimeChecksItsArguments) {
  REQUIRE_FUNCTION(uv_clock_gettime);
  uv_timespec64_t time;
  EXPECT_EQ(UV_EFAULT, uv_clock_gettime(UV_CLOCK_REALTIME, nullptr));
  EXPECT_EQ(UV_EINVAL, uv_clock_gettime(static_cast<uv_clock_id>(1234), &time));
  ASSERT_EQ(0, uv_clock_gettime(UV_CLOCK_REALTIME, &time));
  EXPECT_GT(time.tv_sec, 1'600'000'000);
  EXPECT_LT(time.tv_nsec, 1'000'000'000);
  ASSERT_EQ(0, uv_clock_gettime(UV_CLOCK_MONOTONIC, &time));
  EXPECT_LE(static_cast<std::uint64_t>(time.tv_sec), uv_hrtime() / 1'000'000'000);
}

TEST(Clock, GettimeofdayIsTheWallTime) {
  uv_timeval64_t time;
  EXPECT_EQ(UV_EINVAL, uv_gettimeofday(nullptr));
  ASSERT_EQ(0, uv_gettimeofday(&time));
  EXPECT_GT(time.tv_sec, 1'600'000'000);
  EXPECT_LT(time.tv_usec, 1'000'000);
}

TEST(Clock, SleepLastsAsLongAsAsked) {
  std::uint64_t start = uv_hrtime();
  uv_sleep(3);
  EXPECT_GE(uv_hrtime() - start, 3'000'000u);
}

TEST(Processors, InfoHasModelAndTimes) {
  uv_cpu_info_t* infos;
  int count;
  ASSERT_EQ(0, uv_cpu_info(&infos, &count));
  ASSERT_GT(count, 0);
  for (int i = 0; i < count; ++i) {
    EXPECT_GT(std::strlen(infos[i].model), 0u);
    EXPECT_GE(infos[i].speed, 0);
    EXPECT_GT(infos[i].cpu_times.user + infos[i].cpu_times.sys + infos[i].cpu_times.idle, 0u);
  }
  uv_free_cpu_info(infos, count);
}

TEST(Processors, LoadIsNotNegative) {
  double averages[3] = {-1, -1, -1};
  uv_loadavg(averages);
  for (double average : averages)
    EXPECT_GE(average, 0);
}

TEST(Machine, UptimeIsPositive) {
  double seconds = 0;
  ASSERT_EQ(0, uv_uptime(&seconds));
  EXPECT_GT(seconds, 0);
}

TEST(Machine, UnameFillsEveryField) {
  uv_utsname_t name;
  EXPECT_EQ(UV_EINVAL, uv_os_uname(nullptr));
  ASSERT_EQ(0, uv_os_uname(&name));
  for (const char* field : {name.sysname, name.release, name.version, name.machine}) {
    EXPECT_GT(std::strlen(field), 0u);
  }
}

TEST(Memory, FiguresFitTogether) {
  std::uint64_t total = uv_get_total_memory();
  EXPECT_GT(total, 0u);
  EXPECT_GT(uv_get_free_memory(), 0u);
  EXPECT_LE(uv_get_free_memory(), total);
  std::size_t resident = 0;
  ASSERT_EQ(0, uv_resident_set_memory(&resident));
  EXPECT_GT(resident, 0u);
  EXPECT_LT(resident, total);
}

TEST(Memory, AvailableIsWithinTheMachine) {
  REQUIRE_FUNCTION(uv_get_available_memory);
  EXPECT_LE(uv_get_available_memory(), uv_get_total_memory());
  std::uint64_t constrained = uv_get_constrained_memory();
  if (constrained != 0) {
    EXPECT_LE(uv_get_available_memory(), constrained);
  }
}

TEST(Usage, ProcessHasUsedMemory) {
  uv_rusage_t usage;
  std::memset(&usage, 0xFF, sizeof(usage));
  ASSERT_EQ(0, uv_getrusage(&usage));
  EXPECT_GT(usage.ru_maxrss, 0u);
  EXPECT_GE(usage.ru_utime.tv_sec, 0);
  EXPECT_LT(usage.ru_utime.tv_usec, 1'000'000);
}

TEST(Usage, ThreadUsesNoMoreThanTheProcess) {
  REQUIRE_FUNCTION(uv_getrusage_thread);
  uv_rusage_t thread, process;
  ASSERT_EQ(0, uv_getrusage_thread(&thread));
  ASSERT_EQ(0, uv_getrusage(&process));
  EXPECT_LE(thread.ru_utime.tv_sec, process.ru_utime.tv_sec);
  EXPECT_LE(thread.ru_minflt, process.ru_minflt);
}

TEST(Process, PriorityChecksItsArguments) {
  int priority;
  EXPECT_EQ(UV_EINVAL, uv_os_getpriority(0, nullptr));
  EXPECT_EQ(UV_ESRCH, uv_os_getpriority(INT_MAX, &priority));
  EXPECT_EQ(UV_EINVAL, uv_os_setpriority(0, UV_PRIORITY_LOW + 1));
  EXPECT_EQ(UV_EINVAL, uv_os_setpriority(0, UV_PRIORITY_HIGHEST - 1));
  EXPECT_EQ(UV_ESRCH, uv_os_setpriority(INT_MAX, 0));
  ASSERT_EQ(0, uv_os_getpriority(0, &priority));
  EXPECT_EQ(0, uv_os_setpriority(0, priority));
}

TEST(Process, KillReportsWhyNot) {
  EXPECT_EQ(0, uv_kill(uv_os_getpid(), 0));
  EXPECT_EQ(UV_ESRCH, uv_kill(INT_MAX, 0));
  EXPECT_EQ(UV_EINVAL, uv_kill(uv_os_getpid(), 9999));
}

TEST(Environment, SetGetUnset) {
  EXPECT_EQ(UV_EINVAL, uv_os_setenv(nullptr, "x"));
  EXPECT_EQ(UV_EINVAL, uv_os_setenv("VIOLET_TEST", nullptr));
  EXPECT_EQ(UV_EINVAL, uv_os_setenv("A=B", "x"));
  EXPECT_EQ(UV_EINVAL, uv_os_unsetenv(nullptr));
  ASSERT_EQ(0, uv_os_setenv("VIOLET_TEST", "value"));
  conformance::check_output_contract(
      [](char* buffer, size_t* size) { return uv_os_getenv("VIOLET_TEST", buffer, size); });
  EXPECT_EQ(0, uv_os_unsetenv("VIOLET_TEST"));
  EXPECT_EQ(0, uv_os_unsetenv("VIOLET_TEST")) << "already gone";
  char buffer[8];
  std::size_t size = sizeof(buffer);
  EXPECT_EQ(UV_ENOENT, uv_os_getenv("VIOLET_TEST", buffer, &size));
  EXPECT_EQ(UV_EINVAL, uv_os_getenv(nullptr, buffer, &size));
}

TEST(Environment, ListsEveryVariable) {
  ASSERT_EQ(0, uv_os_setenv("VIOLET_TEST_LIST", "a=b"));
  uv_env_item_t* items;
  int count;
  ASSERT_EQ(0, uv_os_environ(&items, &count));
  bool found = false;
  for (int i = 0; i < count; ++i) {
    if (std::strcmp(items[i].name, "VIOLET_TEST_LIST") != 0) continue;
    EXPECT_STREQ("a=b", items[i].value);
    found = true;
  }
  EXPECT_TRUE(found);
  uv_os_free_environ(items, count);
  uv_os_unsetenv("VIOLET_TEST_LIST");
}

TEST(Paths, OutputContract) {
  conformance::check_output_contract(uv_cwd);
  conformance::check_output_contract(uv_os_homedir);
  conformance::check_output_contract(uv_os_tmpdir);
  conformance::check_output_contract(uv_os_gethostname);
}

}  // namespace

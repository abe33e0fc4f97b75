#include "os/linux/cgroup.h"

#include <gtest/gtest.h>

#include <string>

namespace violet {
namespace {

constexpr const char* kVersion2Mounts =
    "24 31 0:22 / /proc rw shared:12 - proc proc rw\n"
    "30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n";

constexpr const char* kVersion1Mounts =
    "32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw shared:5 - cgroup cgroup rw,cpu,cpuacct\n"
    "35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"
    "41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n";

TEST(Cgroup, FindsVersion2AndItsAncestors) {
  CgroupPosition group = find_cgroup("cpu", "0::/user.slice/app.scope\n", kVersion2Mounts);
  EXPECT_EQ(2, group.version);
  EXPECT_STREQ("/sys/fs/cgroup/user.slice/app.scope", group.directory);
  ASSERT_TRUE(ascend(group));
  EXPECT_STREQ("/sys/fs/cgroup/user.slice", group.directory);
  ASSERT_TRUE(ascend(group));
  EXPECT_STREQ("/sys/fs/cgroup", group.directory);
  EXPECT_FALSE(ascend(group));
}

TEST(Cgroup, RootHasNoAncestors) {
  CgroupPosition group = find_cgroup("memory", "0::/\n", kVersion2Mounts);
  EXPECT_STREQ("/sys/fs/cgroup", group.directory);
  EXPECT_FALSE(ascend(group));
}

TEST(Cgroup, Version1HierarchyWithTheControllerWins) {
  const char* cgroups = "8:cpu,cpuacct:/batch\n4:memory:/api/one\n0::/elsewhere\n";
  CgroupPosition cpu = find_cgroup("cpu", cgroups, kVersion1Mounts);
  EXPECT_EQ(1, cpu.version);
  EXPECT_STREQ("/sys/fs/cgroup/cpu,cpuacct/batch", cpu.directory);
  CgroupPosition memory = find_cgroup("memory", cgroups, kVersion1Mounts);
  EXPECT_STREQ("/sys/fs/cgroup/memory/api/one", memory.directory);
  CgroupPosition unified = find_cgroup("io", cgroups, kVersion1Mounts);
  EXPECT_EQ(2, unified.version);
  EXPECT_STREQ("/sys/fs/cgroup/unified/elsewhere", unified.directory);
}

// Where `group` is found when only the part of the hierarchy from `mounted` on is mounted.
CgroupPosition memory_group(const std::string& group, const std::string& mounted) {
  const std::string cgroups = "4:memory:" + group + "\n";
  const std::string mounts =
      "35 31 0:32 " + mounted + " /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n";
  return find_cgroup("memory", cgroups.c_str(), mounts.c_str());
}

TEST(Cgroup, MountOfAPartOfTheHierarchy) {
  EXPECT_STREQ("/sys/fs/cgroup/memory/inner",
               memory_group("/docker/abc/inner", "/docker/abc").directory);
}

TEST(Cgroup, NameThatOnlyBeginsLikeTheMountedPartIsNotBelowIt) {
  EXPECT_STREQ("/sys/fs/cgroup/memory/abcdef", memory_group("/abcdef", "/abc").directory);
}

TEST(Cgroup, MountOfTheGroupItself) {
  CgroupPosition group = memory_group("/abc", "/abc");
  EXPECT_STREQ("/sys/fs/cgroup/memory", group.directory);
  EXPECT_FALSE(ascend(group));
}

TEST(Cgroup, NothingFound) {
  EXPECT_EQ(0, find_cgroup("cpu", "", kVersion2Mounts).version);
  EXPECT_EQ(0, find_cgroup("cpu", "0::/a\n", "garbage\n\n1 2 3\n").version);
  EXPECT_EQ(0, find_cgroup("cpu", "garbage\n:\n", kVersion2Mounts).version);
}

TEST(Cgroup, PathThatIsTooLongIsNotFound) {
  std::string cgroups = "0::/" + std::string(600, 'a') + "\n";
  EXPECT_EQ(0, find_cgroup("cpu", cgroups.c_str(), kVersion2Mounts).version);
}

TEST(Cgroup, MemoryLimits) {
  EXPECT_EQ(1048576u, parse_memory_limit("1048576\n"));
  EXPECT_EQ(0u, parse_memory_limit("0\n"));
  EXPECT_EQ(kUnlimited, parse_memory_limit("max\n"));
  EXPECT_EQ(kUnlimited, parse_memory_limit("9223372036854771712\n"));
  EXPECT_EQ(kUnlimited, parse_memory_limit(""));
}

TEST(Cgroup, CpuQuotas) {
  EXPECT_EQ(0u, parse_cpu_quota("max 100000\n"));
  EXPECT_EQ(0u, parse_cpu_quota("-1\n 100000\n"));
  EXPECT_EQ(2u, parse_cpu_quota("200000 100000\n"));
  EXPECT_EQ(2u, parse_cpu_quota("250000\n 100000\n"));
  EXPECT_EQ(1u, parse_cpu_quota("50000 100000\n")) << "never none at all";
  EXPECT_EQ(0u, parse_cpu_quota("100000 0\n"));
  EXPECT_EQ(0u, parse_cpu_quota(""));
}

}  // namespace
}  // namespace violet

// The parsers of files in /proc.
#include <gtest/gtest.h>

#include <string>

#include "os/linux/cpu_info.h"
#include "os/linux/memory_info.h"
#include "os/linux/text_file.h"

namespace violet {
namespace {

TEST(ProcMemory, Info) {
  const char* text = "MemTotal:        2048 kB\nMemFree:  1 kB\nMemAvailable:    1024 kB\n";
  EXPECT_EQ(2048u * 1024, parse_memory_info(text, "MemTotal"));
  EXPECT_EQ(1024u * 1024, parse_memory_info(text, "MemAvailable"));
  EXPECT_EQ(0u, parse_memory_info(text, "Mem"));
  EXPECT_EQ(0u, parse_memory_info("", "MemTotal"));
}

TEST(ProcMemory, ResidentPages) {
  std::size_t pages = 0;
  EXPECT_TRUE(parse_resident_pages("100 42 7 1 0 9 0\n", &pages));
  EXPECT_EQ(42u, pages);
  EXPECT_FALSE(parse_resident_pages("nonsense", &pages));
}

TEST(ProcMemory, PagesUnderLimits) {
  std::size_t mapped = 0, data = 0;
  EXPECT_TRUE(parse_limited_pages("100 42 7 1 0 9 0\n", &mapped, &data));
  EXPECT_EQ(100u, mapped);
  EXPECT_EQ(9u, data);
  EXPECT_FALSE(parse_limited_pages("100 42", &mapped, &data));
}

TEST(ProcCpu, TimesInMilliseconds) {
  Array<CpuTimes> cpus;
  ASSERT_TRUE(
      parse_cpu_times("cpu  9 9 9 9 9 9\n"
                      "cpu0 100 2 30 400 5 6 7 0 0 0\n"
                      "cpu3 1 0 0 0 0 0\n"
                      "intr 12345\n",
                      100, cpus));
  ASSERT_EQ(2u, cpus.size());
  EXPECT_EQ(0, cpus[0].id);
  EXPECT_EQ(1000u, cpus[0].times.user);
  EXPECT_EQ(20u, cpus[0].times.nice);
  EXPECT_EQ(300u, cpus[0].times.sys);
  EXPECT_EQ(4000u, cpus[0].times.idle);
  EXPECT_EQ(60u, cpus[0].times.irq);
  EXPECT_EQ(3, cpus[1].id);
}

std::string text_of(TextView view) {
  return std::string(view.data, view.size);
}

TEST(ProcCpu, Descriptions) {
  TextView rest = view(
      "processor\t: 0\nmodel\t\t: 85\nmodel name\t: Some CPU @ 2GHz\ncpu MHz\t\t: 2699.998\n\n"
      "processor\t: 2\nBogoMIPS\t: 50.00\n\n"
      "Hardware\t: Board\n");
  CpuDescription cpu;
  ASSERT_TRUE(next_cpu_description(rest, cpu));
  EXPECT_EQ(0, cpu.id);
  EXPECT_EQ("Some CPU @ 2GHz", text_of(cpu.model));
  EXPECT_EQ(2699, cpu.megahertz);
  ASSERT_TRUE(next_cpu_description(rest, cpu));
  EXPECT_EQ(2, cpu.id);
  EXPECT_EQ("unknown", text_of(cpu.model));
  EXPECT_FALSE(next_cpu_description(rest, cpu));
}

TEST(TextFile, ReadsAFileThatGrowsTheBuffer) {
  // The list of kernel symbols is far longer than the first buffer.
  Owned<char> text = read_whole_text_file("/proc/kallsyms");
  if (!text) GTEST_SKIP() << "no /proc/kallsyms here";
  EXPECT_GT(std::string(text.get()).size(), 8192u);
}

TEST(TextFile, MissingFile) {
  char buffer[8];
  EXPECT_GT(0, read_text_file("/no/such/file", buffer, sizeof(buffer)));
  EXPECT_FALSE(read_whole_text_file("/no/such/file"));
  EXPECT_EQ(7, read_text_file("/proc/cpuinfo", buffer, sizeof(buffer))) << "cut";
}

}  // namespace
}  // namespace violet

// What of src/os/bsd the C library of Linux can run as well: under names of its own beside Linux's.
#include <gtest/gtest.h>

#include <atomic>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

#include "os/cpu.h"
#include "os/locks.h"
#include "os/process_title.h"
#include "os/random.h"

#define fill_random bsd_fill_random
#include "os/bsd/random.cc"
#undef fill_random

#define adopt_arguments bsd_adopt_arguments
#define set_process_title bsd_set_process_title
#define forget_arguments bsd_forget_arguments
#define process_title bsd_process_title
#include "os/bsd/process_title.cc"
#undef adopt_arguments
#undef set_process_title
#undef forget_arguments
#undef process_title

#define barrier_init bsd_barrier_init
#define barrier_wait bsd_barrier_wait
#define barrier_destroy bsd_barrier_destroy
#include "os/bsd/macos/barrier.cc"
#undef barrier_init
#undef barrier_wait
#undef barrier_destroy

#define cpu_info bsd_cpu_info
#define load_average bsd_load_average
#include "os/bsd/cpu.cc"
#undef cpu_info
#undef load_average

namespace violet {

// The systems' own parts.
static std::string shown_title;

void show_title(const char* title) {
  shown_title = title;
}

int read_cpus(Array<CpuReading>& cpus, CpuModel& model) {
  std::strcpy(model.name, "A processor");
  for (int cpu = 0; cpu < 3; ++cpu) {
    const auto ticks = static_cast<std::uint64_t>(cpu) * 128;
    if (!cpus.push_back({{milliseconds_of(ticks, 128), 0, 0, 0, 7}, 2400 + cpu})) return UV_ENOMEM;
  }
  return 0;
}

namespace {

TEST(BsdRandom, FillsEveryPortion) {
  // Three whole portions and a part. A byte of zero comes once in 256 draws, so none stays zero in
  // sixteen.
  std::vector<unsigned char> bytes(3 * 256 + 100 + 1), seen(bytes.size());
  for (int draw = 0; draw < 16; ++draw) {
    ASSERT_EQ(0, bsd_fill_random(bytes.data(), bytes.size() - 1));
    for (std::size_t i = 0; i < bytes.size(); ++i)
      seen[i] |= bytes[i];
  }
  for (std::size_t i = 0; i + 1 < seen.size(); ++i)
    EXPECT_NE(0, seen[i]) << i;
  EXPECT_EQ(0, seen.back()) << "and not a byte more";
}

TEST(BsdTitle, IsShownAndToldWhole) {
  char name[] = "program", argument[] = "one";
  char* arguments[] = {name, argument, nullptr};
  char buffer[64];
  EXPECT_EQ(UV_ENOBUFS, bsd_set_process_title("early"));
  EXPECT_EQ(UV_ENOBUFS, bsd_process_title(buffer, sizeof(buffer)));
  EXPECT_EQ(arguments, bsd_adopt_arguments(2, arguments));
  ASSERT_EQ(0, bsd_process_title(buffer, sizeof(buffer)));
  EXPECT_STREQ("program", buffer);
  ASSERT_EQ(0, bsd_set_process_title("100% new"));
  EXPECT_EQ("100% new", shown_title);
  EXPECT_EQ(UV_ENOBUFS, bsd_process_title(buffer, 8));
  ASSERT_EQ(0, bsd_process_title(buffer, 9));
  EXPECT_STREQ("100% new", buffer);
  EXPECT_STREQ("program", name) << "the arguments stay";
  bsd_forget_arguments();
  EXPECT_EQ(UV_ENOBUFS, bsd_set_process_title("late"));
}

TEST(BsdCpu, InfosAndTheirNameAreOneBlock) {
  uv_cpu_info_t* infos = nullptr;
  int count = 0;
  ASSERT_EQ(0, bsd_cpu_info(&infos, &count));
  ASSERT_EQ(3, count);
  for (int cpu = 0; cpu < count; ++cpu) {
    EXPECT_STREQ("A processor", infos[cpu].model);
    EXPECT_EQ(2400 + cpu, infos[cpu].speed);
    EXPECT_EQ(static_cast<std::uint64_t>(cpu) * 1000, infos[cpu].cpu_times.user);
    EXPECT_EQ(7u, infos[cpu].cpu_times.irq);
  }
  release(infos);
}

TEST(MacosBarrier, OneThreadOfEachRoundIsTold) {
  constexpr unsigned kThreads = 4;
  constexpr int kRounds = 500;
  uv_barrier_t barrier;
  ASSERT_EQ(UV_EINVAL, bsd_barrier_init(&barrier, 0));
  ASSERT_EQ(0, bsd_barrier_init(&barrier, kThreads));
  std::atomic<int> told{0}, arrived{0};
  std::atomic<bool> early{false};
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      for (int round = 1; round <= kRounds; ++round) {
        ++arrived;
        told += bsd_barrier_wait(&barrier) ? 1 : 0;
        if (arrived < round * static_cast<int>(kThreads)) early = true;
      }
    });
  }
  for (std::thread& thread : threads)
    thread.join();
  EXPECT_EQ(kRounds, told);
  EXPECT_FALSE(early);
  bsd_barrier_destroy(&barrier);
}

// Whoever is told may destroy the barrier while the others are on their way out.
TEST(MacosBarrier, MayBeDestroyedByTheFirstOut) {
  for (int round = 0; round < 500; ++round) {
    uv_barrier_t barrier;
    ASSERT_EQ(0, bsd_barrier_init(&barrier, 2));
    const auto meet = [&barrier] {
      if (bsd_barrier_wait(&barrier)) bsd_barrier_destroy(&barrier);
    };
    std::thread other(meet);
    meet();
    other.join();
  }
}

}  // namespace
}  // namespace violet

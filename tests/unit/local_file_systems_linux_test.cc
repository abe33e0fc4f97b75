#include "os/linux/local_file_systems.h"

#include <gtest/gtest.h>

namespace violet {
namespace {

constexpr std::uint64_t kExt4 = 0xef53;
constexpr std::uint64_t kNfs = 0x6969;
constexpr std::uint64_t kFuse = 0x65735546;

// One test, because the table belongs to the process and is full in the end.
TEST(LocalFileSystems, AreThoseOfTheMachine) {
  EXPECT_FALSE(is_known_file_system(0x70001));
  EXPECT_FALSE(is_local_file_system(0x70001));
  note_file_system(0x70001, kExt4);
  note_file_system(0x70002, kNfs);
  note_file_system(0x70003, kFuse);
  EXPECT_TRUE(is_local_file_system(0x70001));
  EXPECT_TRUE(is_known_file_system(0x70002));
  EXPECT_FALSE(is_local_file_system(0x70002));
  EXPECT_TRUE(is_known_file_system(0x70003));
  EXPECT_FALSE(is_local_file_system(0x70003));

  // The first note stays.
  note_file_system(0x70011, kNfs);
  note_file_system(0x70011, kExt4);
  EXPECT_FALSE(is_local_file_system(0x70011));

  // What finds no room is not local.
  for (std::uint64_t device = 0x80000; device < 0x80100; ++device)
    note_file_system(device, kExt4);
  EXPECT_TRUE(is_local_file_system(0x80000));
  EXPECT_FALSE(is_known_file_system(0x800ff));
  EXPECT_FALSE(is_local_file_system(0x800ff));
}

}  // namespace
}  // namespace violet

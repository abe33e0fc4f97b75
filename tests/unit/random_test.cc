#include "os/random.h"

#include <gtest/gtest.h>

#include <cstring>

namespace violet {
namespace {

TEST(OsRandom, FillsEveryByte) {
  // More than getrandom() promises to give in one call; a byte may be 0 by chance, once in 256.
  constexpr std::size_t kSize = 1000;
  constexpr int kRounds = 32;
  unsigned char ever_set[kSize] = {};
  for (int round = 0; round < kRounds; ++round) {
    unsigned char bytes[kSize] = {};
    ASSERT_EQ(0, fill_random(bytes, sizeof(bytes)));
    for (std::size_t i = 0; i < kSize; ++i)
      ever_set[i] |= bytes[i];
  }
  EXPECT_EQ(nullptr, std::memchr(ever_set, 0, kSize));
}

TEST(OsRandom, NothingToFill) {
  EXPECT_EQ(0, fill_random(nullptr, 0));
}

}  // namespace
}  // namespace violet

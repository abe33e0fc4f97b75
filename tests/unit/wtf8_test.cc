#include "base/wtf8.h"

#include <gtest/gtest.h>

namespace violet {
namespace {

TEST(Wtf8, EveryCodePointComesBack) {
  for (std::int32_t code_point = 1; code_point <= 0x10FFFF; code_point += 7) {
    std::uint16_t units[2] = {static_cast<std::uint16_t>(code_point)};
    std::size_t count = 1;
    if (code_point > 0xFFFF) {
      units[0] = static_cast<std::uint16_t>(0xD800 + ((code_point - 0x10000) >> 10));
      units[1] = static_cast<std::uint16_t>(0xDC00 + ((code_point - 0x10000) & 0x3FF));
      count = 2;
    }
    char bytes[5] = {};
    char* end = wtf8_encode(units, count, bytes);
    ASSERT_EQ(wtf8_size(units, count), static_cast<std::size_t>(end - bytes));
    const char* text = bytes;
    ASSERT_EQ(code_point, wtf8_next(text));
    ASSERT_EQ(end, text);
    std::uint16_t back[2];
    ASSERT_EQ(static_cast<std::ptrdiff_t>(count), utf16_size(bytes));
    ASSERT_EQ(count, utf16_encode(bytes, back, 2));
    ASSERT_EQ(units[0], back[0]);
  }
}

TEST(Wtf8, EncodingStopsAtTheCapacity) {
  std::uint16_t units[2] = {7, 7};
  EXPECT_EQ(1u, utf16_encode("ab", units, 1));
  EXPECT_EQ(0u, utf16_encode("\xF0\x9F\x98\x80", units, 1)) << "no half of a pair";
  EXPECT_EQ(7, units[1]);
}

TEST(Wtf8, ReversedSurrogatesStandAlone) {
  const std::uint16_t units[] = {0xDE00, 0xD83D};
  EXPECT_EQ(6u, wtf8_size(units, 2));
}

}  // namespace
}  // namespace violet

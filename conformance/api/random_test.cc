#include <cstring>

#include "loop_fixture.h"
#include "support.h"

namespace conformance {
namespace {

class RandomTest : public LoopTest {};

bool is_zero(const char* bytes, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) {
    if (bytes[i] != 0) return false;
  }
  return true;
}

TEST_F(RandomTest, FillsAtOnceWithoutACallback) {
  char first[32] = {};
  char second[32] = {};
  ASSERT_EQ(0, uv_random(nullptr, nullptr, first, sizeof(first), 0, nullptr));
  ASSERT_EQ(0, uv_random(nullptr, nullptr, second, sizeof(second), 0, nullptr));
  EXPECT_FALSE(is_zero(first, sizeof(first)));
  EXPECT_NE(0, std::memcmp(first, second, sizeof(first)));
}

TEST_F(RandomTest, FillsInTheBackground) {
  static char bytes[1000];
  static int calls;
  calls = 0;
  uv_random_t request;
  ASSERT_EQ(0, uv_random(&loop, &request, bytes, sizeof(bytes), 0,
                         [](uv_random_t*, int status, void* buffer, size_t size) {
                           ++calls;
                           EXPECT_EQ(0, status);
                           EXPECT_EQ(bytes, buffer);
                           EXPECT_EQ(sizeof(bytes), size);
                         }));
  EXPECT_EQ(UV_RANDOM, request.type);
  EXPECT_EQ(0, calls);
  run();
  EXPECT_EQ(1, calls);
  EXPECT_FALSE(is_zero(bytes, sizeof(bytes)));
}

TEST_F(RandomTest, NoBytesAreFine) {
  EXPECT_EQ(0, uv_random(nullptr, nullptr, nullptr, 0, 0, nullptr));
}

TEST_F(RandomTest, RefusesFlagsAndTooMuch) {
  char byte;
  uv_random_t request;
  uv_random_cb never = [](uv_random_t*, int, void*, size_t) { FAIL(); };
  EXPECT_EQ(UV_EINVAL, uv_random(&loop, &request, &byte, 1, 1, never));
  EXPECT_EQ(UV_EINVAL, uv_random(nullptr, nullptr, &byte, 1, ~0u, nullptr));
  EXPECT_EQ(UV_E2BIG, uv_random(&loop, &request, &byte, 0x80000000u, 0, never));
  EXPECT_EQ(UV_E2BIG, uv_random(nullptr, nullptr, &byte, SIZE_MAX, 0, nullptr));
  EXPECT_EQ(0, uv_loop_alive(&loop));
}

}  // namespace
}  // namespace conformance

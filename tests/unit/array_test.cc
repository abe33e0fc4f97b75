#include "base/array.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "threadpool/pool.h"

namespace violet {
namespace {

TEST(Array, GrowsAndKeepsItsElements) {
  Array<int> array;
  EXPECT_TRUE(array.empty());
  for (int i = 0; i < 1000; ++i)
    ASSERT_TRUE(array.push_back(i));
  for (int i = 0; i < 1000; ++i)
    ASSERT_EQ(i, array[static_cast<std::size_t>(i)]);
  EXPECT_EQ(999, array.back());
  array.pop_back();
  EXPECT_EQ(999u, array.size());
  array.clear();
  EXPECT_TRUE(array.empty());
}

TEST(Array, TakesItsOwnElement) {
  Array<int> array;
  ASSERT_TRUE(array.push_back(42));
  while (array.size() < 100)
    ASSERT_TRUE(array.push_back(array[0]));
  EXPECT_EQ(42, array.back());
}

TEST(Array, AppendsManyOrNone) {
  Array<int> array;
  const int items[] = {1, 2, 3};
  ASSERT_TRUE(array.append(nullptr, 0));
  ASSERT_TRUE(array.append(items, 3));
  ASSERT_TRUE(array.append(items, 2));
  EXPECT_EQ(5u, array.size());
  EXPECT_EQ(2, array.back());
}

TEST(Array, RefusesWhatCannotBe) {
  Array<std::uint64_t> array;
  ASSERT_TRUE(array.push_back(1));
  EXPECT_FALSE(array.reserve(SIZE_MAX / 4));
  EXPECT_EQ(1u, array[0]);
}

TEST(Array, IsUnchangedWhenMemoryRunsOut) {
  Array<int> array;
  while (array.size() < 16)
    ASSERT_TRUE(array.push_back(static_cast<int>(array.size())));
  const Allocator failing = {[](std::size_t) -> void* { return nullptr; },
                             [](void*, std::size_t) -> void* { return nullptr; },
                             [](std::size_t, std::size_t) -> void* { return nullptr; }, std::free};
  // The allocator may only change while no other thread of ours lives.
  shut_down_pool();
  set_allocator(failing);
  bool grew = array.push_back(99);
  set_allocator({std::malloc, std::realloc, std::calloc, std::free});
  EXPECT_FALSE(grew);
  EXPECT_EQ(16u, array.size());
  EXPECT_EQ(15, array.back());
}

}  // namespace
}  // namespace violet

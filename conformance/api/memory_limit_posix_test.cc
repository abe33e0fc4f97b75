// Limits of setrlimit(2) in what a process is told of its memory. Each has a process of its own,
// whose exit status tells the first step that went wrong.
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <string>

#include "support.h"
#include "system.h"

namespace conformance {
namespace {

constexpr std::uint64_t kGibibyte = std::uint64_t{1} << 30;

class MemoryLimit : public testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    if (test_support::kNoMemoryLimits != nullptr) GTEST_SKIP() << test_support::kNoMemoryLimits;
    if (!is_at_least(1, 52)) GTEST_SKIP() << "libuv 1.44 looks at control groups only";
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    GTEST_SKIP() << "a sanitizer maps more than any limit";
#endif
  }
};

using test_support::set_resource_limit;

TEST_P(MemoryLimit, IsTheConstraint) {
  const int resource = GetParam();
  auto body = [resource] {
    const std::uint64_t before = uv_get_constrained_memory();
    const std::uint64_t others = before == 0 ? UINT64_MAX : before;
    if (!set_resource_limit(resource, kGibibyte)) return 1;
    if (uv_get_constrained_memory() != std::min(others, kGibibyte)) return 2;
    if (!set_resource_limit(resource, RLIM_INFINITY)) return 3;
    return uv_get_constrained_memory() == before ? 0 : 4;
  };
  EXPECT_EXIT(_exit(body()), testing::ExitedWithCode(0), "");
}

TEST_P(MemoryLimit, LeavesWhatIsNotUsed) {
  const int resource = GetParam();
  auto body = [resource] {
    if (!set_resource_limit(resource, kGibibyte)) return 1;
    const std::uint64_t before = uv_get_available_memory();
    if (before == 0 || before >= kGibibyte) return 2;
    const std::size_t size = kGibibyte / 2;
    void* used = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (used == MAP_FAILED) return 3;
    // Nothing is touched, so that only what the limit leaves is less. A small machine may have less
    // than that, before and after.
    if (uv_get_available_memory() > kGibibyte - size) return 4;
    if (!set_resource_limit(resource, 1)) return 5;
    return uv_get_available_memory() == 0 ? 0 : 6;
  };
  EXPECT_EXIT(_exit(body()), testing::ExitedWithCode(0), "");
}

TEST_P(MemoryLimit, LeavesTheMachinesMemoryAsItIs) {
  const int resource = GetParam();
  auto body = [resource] {
    const std::uint64_t total = uv_get_total_memory();
    if (!set_resource_limit(resource, kGibibyte / 2)) return 1;
    return uv_get_total_memory() == total ? 0 : 2;
  };
  EXPECT_EXIT(_exit(body()), testing::ExitedWithCode(0), "");
}

INSTANTIATE_TEST_SUITE_P(Resources, MemoryLimit, testing::ValuesIn(test_support::kMemoryResources),
                         [](const auto& info) {
                           return std::string(info.param == RLIMIT_DATA ? "Data" : "AddressSpace");
                         });

}  // namespace
}  // namespace conformance

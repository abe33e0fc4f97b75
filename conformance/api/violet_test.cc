// Choosing an engine, the report, the timer order of 1.44, and running out of memory.
#include <cstdlib>
#include <cstring>

#include <violet/violet.h>

#include "loop_fixture.h"
#include "own_process.h"
#include "support.h"

namespace conformance {
namespace {

class EngineTest : public testing::Test {
 protected:
  void SetUp() override { REQUIRE_FUNCTION(violet_loop_init); }
};

TEST_F(EngineTest, AnUnknownNameIsAnError) {
  uv_loop_t loop;
  EXPECT_EQ(UV_EINVAL, violet_loop_init(&loop, "no-such-engine"));
  EXPECT_EQ(0, in_own_process([] {
              uv_os_setenv("VIOLET_BACKEND", "no-such-engine");
              uv_loop_t refused;
              return uv_loop_init(&refused) == UV_EINVAL ? 0 : 1;
            }));
}

// The system's usual one.
std::string usual_engine() {
  uv_loop_t loop;
  EXPECT_EQ(0, violet_loop_init(&loop, "auto"));
  violet_backend_report_t report = {};
  report.size = sizeof(report);
  EXPECT_EQ(0, violet_backend_report(&loop, &report));
  const std::string name = report.backend;
  EXPECT_EQ(0, uv_loop_close(&loop));
  return name;
}

TEST_F(EngineTest, TheNamedEngineIsInUse) {
  const std::string usual = usual_engine();
  EXPECT_TRUE(usual == "epoll" || usual == "kqueue" || usual == "iocp") << usual;
  for (const char* name : {usual.c_str(), "auto"}) {
    uv_loop_t loop;
    ASSERT_EQ(0, violet_loop_init(&loop, name));
    violet_backend_report_t report = {};
    report.size = sizeof(report);
    ASSERT_EQ(0, violet_backend_report(&loop, &report));
    EXPECT_EQ(usual, report.backend);
    EXPECT_STREQ(name, report.requested);
    EXPECT_STREQ("", report.fallback_reason);
    EXPECT_EQ(0, uv_loop_close(&loop));
  }
}

TEST_F(EngineTest, TheNameOverridesTheEnvironment) {
  const std::string usual = usual_engine();
  EXPECT_EQ(0, in_own_process([&usual] {
              uv_os_setenv("VIOLET_BACKEND", "no-such-engine");
              uv_loop_t loop;
              return violet_loop_init(&loop, usual.c_str());
            }));
  EXPECT_EQ(0, in_own_process([] {
              uv_os_setenv("VIOLET_BACKEND", "");
              uv_os_setenv("VIOLET_BACKEND_STRICT", "1");
              uv_loop_t loop;
              return uv_loop_init(&loop);
            }));
}

TEST_F(EngineTest, ReportNeedsAStructOfItsSize) {
  uv_loop_t loop;
  ASSERT_EQ(0, uv_loop_init(&loop));
  violet_backend_report_t report = {};
  EXPECT_EQ(UV_EINVAL, violet_backend_report(&loop, &report));
  EXPECT_EQ(UV_EINVAL, violet_backend_report(&loop, nullptr));
  check_output_contract(
      [&](char* buffer, size_t* size) { return violet_backend_report_text(&loop, buffer, size); });
  EXPECT_EQ(0, uv_loop_close(&loop));
}

TEST_F(EngineTest, TimersMayComeFirstAsTheyDidIn144) {
  EXPECT_EQ(0, in_own_process([] {
              uv_os_setenv("VIOLET_TIMER_ORDER", "1.44");
              static std::string order;
              uv_loop_t loop;
              uv_loop_init(&loop);
              uv_timer_t timer;
              uv_prepare_t prepare;
              uv_timer_init(&loop, &timer);
              uv_prepare_init(&loop, &prepare);
              uv_timer_start(
                  &timer, [](uv_timer_t*) { order += "t"; }, 0, 0);
              uv_prepare_start(&prepare, [](uv_prepare_t*) { order += "p"; });
              uv_run(&loop, UV_RUN_NOWAIT);
              return order == "tp" ? 0 : 1;
            }));
}

// An allocator that fails from a certain call on.
long allowed_allocations;
bool may_allocate() {
  return allowed_allocations-- > 0;
}
void* failing_malloc(size_t size) {
  return may_allocate() ? std::malloc(size) : nullptr;
}
void* failing_realloc(void* memory, size_t size) {
  return may_allocate() ? std::realloc(memory, size) : nullptr;
}
void* failing_calloc(size_t count, size_t size) {
  return may_allocate() ? std::calloc(count, size) : nullptr;
}

// Every step either works or says UV_ENOMEM; and what was begun can be ended.
int use_everything() {
  static auto acceptable = [](int result) { return result == 0 || result == UV_ENOMEM; };
  uv_loop_t loop;
  int error = uv_loop_init(&loop);
  if (error != 0) return acceptable(error) ? 0 : 1;
  uv_timer_t timers[40];
  for (uv_timer_t& timer : timers) {
    uv_timer_init(&loop, &timer);
    if (!acceptable(uv_timer_start(
            &timer, [](uv_timer_t*) {}, 0, 0)))
      return 2;
  }
  uv_async_t async;
  if (!acceptable(uv_async_init(&loop, &async, nullptr))) return 3;
  uv_work_t work;
  if (!acceptable(uv_queue_work(
          &loop, &work, [](uv_work_t*) {}, nullptr)))
    return 4;
  uv_getaddrinfo_t lookup;
  if (!acceptable(uv_getaddrinfo(
          &loop, &lookup, [](uv_getaddrinfo_t*, int, addrinfo* found) { uv_freeaddrinfo(found); },
          "127.0.0.1", "80", nullptr)))
    return 5;
  close_all_handles(&loop);
  return uv_loop_close(&loop) == 0 ? 0 : 6;
}

TEST(OutOfMemory, IsAnErrorAndNeverACrash) {
  if (!kForkedChildrenMayStartThreads) GTEST_SKIP() << "ThreadSanitizer";
  if (!is_at_least(1, 45)) GTEST_SKIP() << "older libraries abort without memory";
  for (long allowed = 0; allowed < 16; ++allowed) {
    EXPECT_EQ(0, in_own_process([allowed] {
                allowed_allocations = allowed;
                if (uv_replace_allocator(failing_malloc, failing_realloc, failing_calloc,
                                         std::free) != 0) {
                  return 100;
                }
                return use_everything();
              }))
        << "with " << allowed << " allocations";
  }
}

TEST(OutOfMemory, AnAllocatorNeedsAllItsFunctions) {
  EXPECT_EQ(UV_EINVAL, uv_replace_allocator(nullptr, std::realloc, std::calloc, std::free));
  EXPECT_EQ(UV_EINVAL, uv_replace_allocator(std::malloc, nullptr, std::calloc, std::free));
  EXPECT_EQ(UV_EINVAL, uv_replace_allocator(std::malloc, std::realloc, nullptr, std::free));
  EXPECT_EQ(UV_EINVAL, uv_replace_allocator(std::malloc, std::realloc, std::calloc, nullptr));
}

}  // namespace
}  // namespace conformance

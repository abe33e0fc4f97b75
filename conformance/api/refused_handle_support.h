// Handles whose initialisation is refused.
#pragma once

#include <cstring>
#include <functional>
#include <memory>

#include "support.h"

namespace conformance {

class RefusedHandle : public testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(0, uv_loop_init(&loop)); }
  void TearDown() override {
    uv_run(&loop, UV_RUN_DEFAULT);
    EXPECT_EQ(0, uv_loop_close(&loop));
  }

  bool is_in_the_loop(const void* handle) {
    struct Search {
      const void* wanted;
      bool found;
    } search = {handle, false};
    uv_walk(
        &loop,
        [](uv_handle_t* walked, void* given) {
          Search& search = *static_cast<Search*>(given);
          if (walked == search.wanted) search.found = true;
        },
        &search);
    return search.found;
  }

  // Has `init` refuse a handle that is freed at once, and then walks over what the loop has.
  template <typename Handle>
  void expect_refusal(int error, const std::function<int(Handle*)>& init) {
    auto handle = std::make_unique<Handle>();
    EXPECT_EQ(error, init(handle.get()));
    EXPECT_FALSE(is_in_the_loop(handle.get()));
    const void* was = handle.get();
    std::memset(static_cast<void*>(handle.get()), 0xA5, sizeof(Handle));
    handle.reset();
    EXPECT_FALSE(is_in_the_loop(was));
    EXPECT_EQ(0, uv_loop_alive(&loop));
  }

  uv_loop_t loop;
};

}  // namespace conformance

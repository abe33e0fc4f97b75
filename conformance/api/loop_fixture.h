// A loop for one test, closed with all its handles at the end.
#pragma once

#include <gtest/gtest.h>
#include <uv.h>

#include <cstddef>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

namespace conformance {

inline void close_all_handles(uv_loop_t* loop) {
  uv_walk(
      loop,
      [](uv_handle_t* handle, void*) {
        if (uv_is_closing(handle) == 0) uv_close(handle, nullptr);
      },
      nullptr);
  uv_run(loop, UV_RUN_DEFAULT);
}

class LoopTest : public testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(0, uv_loop_init(&loop)); }
  void TearDown() override {
    close_all_handles(&loop);
    EXPECT_EQ(0, uv_loop_close(&loop));
    for (void* object : kept_)
      std::free(object);
  }

  // Zeroed handles or requests that live until the loop is closed, as a test's own variables do
  // not.
  template <typename Object>
  Object& fresh() {
    return *fresh_array<Object>(1);
  }
  template <typename Object>
  Object* fresh_array(std::size_t count) {
    kept_.push_back(std::calloc(count, sizeof(Object)));
    return static_cast<Object*>(kept_.back());
  }

  int run(uv_run_mode mode = UV_RUN_DEFAULT) { return uv_run(&loop, mode); }

  uv_loop_t loop;

 private:
  std::vector<void*> kept_;
};

// What happened, in order. Callbacks reach it through the handle's or request's `data`.
using Trace = std::vector<std::string>;

// A callback with a state of its own, for a handle's or request's `data`.
using Action = std::function<void()>;

template <typename Object>
void run_action(Object* object) {
  (*static_cast<Action*>(object->data))();
}

}  // namespace conformance

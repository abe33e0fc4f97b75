// Packets that the system has no memory for: nobody waits for ever because of one.
#include <winsock2.h>

#include <windows.h>

#include <gtest/gtest.h>
#include <uv.h>

#include <atomic>
#include <string>
#include <thread>

#include "detour.h"

extern "C" {
extern decltype(&PostQueuedCompletionStatus) __imp_PostQueuedCompletionStatus;
}

namespace {

using Post = decltype(&PostQueuedCompletionStatus);
Post post_really = nullptr;
std::atomic<int> refusals{0};

BOOL WINAPI refuse_some(HANDLE port, DWORD size, ULONG_PTR key, OVERLAPPED* overlapped) {
  if (refusals.fetch_sub(1) <= 0) return post_really(port, size, key, overlapped);
  SetLastError(ERROR_NO_SYSTEM_RESOURCES);
  return FALSE;
}

class IocpRefusedPackets : public testing::Test {
 protected:
  void SetUp() override {
    post_really = detour_.original;
    ASSERT_EQ(0, uv_loop_init(&loop_));
    // Ends a test that would hang.
    uv_timer_init(&loop_, &limit_);
    limit_.data = &expired_;
    uv_timer_start(
        &limit_,
        [](uv_timer_t* due) {
          *static_cast<bool*>(due->data) = true;
          uv_stop(due->loop);
        },
        20'000, 0);
    uv_unref(reinterpret_cast<uv_handle_t*>(&limit_));
  }
  void TearDown() override {
    EXPECT_FALSE(expired_) << "nobody was told";
    refusals = 0;
    uv_walk(
        &loop_,
        [](uv_handle_t* handle, void*) {
          if (!uv_is_closing(handle)) uv_close(handle, nullptr);
        },
        nullptr);
    uv_run(&loop_, UV_RUN_DEFAULT);
    EXPECT_EQ(0, uv_loop_close(&loop_));
  }

  test_support::Detour<Post> detour_{__imp_PostQueuedCompletionStatus, refuse_some};
  uv_loop_t loop_;
  uv_timer_t limit_;
  bool expired_ = false;
};

TEST_F(IocpRefusedPackets, TheEndOfAChildIsTold) {
  std::string program(1024, '\0');
  std::size_t size = program.size();
  ASSERT_EQ(0, uv_exepath(program.data(), &size));
  program = program.substr(0, program.substr(0, size).find_last_of("/\\") + 1) + "told_child.exe";
  std::string exits = "--exit";
  std::string code = "3";
  char* arguments[] = {program.data(), exits.data(), code.data(), nullptr};
  uv_process_options_t options = {};
  options.file = program.c_str();
  options.args = arguments;
  options.exit_cb = [](uv_process_t* process, int64_t status, int) {
    EXPECT_EQ(3, status);
    uv_close(reinterpret_cast<uv_handle_t*>(process), nullptr);
  };
  uv_process_t child;
  refusals = 3;
  ASSERT_EQ(0, uv_spawn(&loop_, &child, &options));
  uv_run(&loop_, UV_RUN_DEFAULT);
  EXPECT_LT(refusals.load(), 1) << "nothing was refused";
}

TEST_F(IocpRefusedPackets, AWakeUpArrives) {
  uv_async_t async;
  ASSERT_EQ(0, uv_async_init(&loop_, &async, [](uv_async_t* sent) {
              uv_close(reinterpret_cast<uv_handle_t*>(sent), nullptr);
            }));
  std::thread sender([&] {
    Sleep(50);  // Most likely the loop sleeps by now; it is woken all the same if not.
    refusals = 3;
    uv_async_send(&async);
  });
  uv_run(&loop_, UV_RUN_DEFAULT);
  sender.join();
}

}  // namespace

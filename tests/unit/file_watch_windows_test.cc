// Watching files where the system does not tell the path of an open file: RAM disks and other file
// systems that no mount manager knows.
#include <winsock2.h>

#include <windows.h>

#include <gtest/gtest.h>
#include <uv.h>

#include <cstdio>
#include <string>

#include "detour.h"

extern "C" {
extern decltype(&GetFinalPathNameByHandleW) __imp_GetFinalPathNameByHandleW;
}

namespace {

int refusals = 0;

DWORD WINAPI refuse(HANDLE, LPWSTR, DWORD, DWORD) {
  ++refusals;
  SetLastError(ERROR_UNRECOGNIZED_VOLUME);
  return 0;
}

class WatchWithoutPath : public testing::Test {
 protected:
  void SetUp() override {
    refusals = 0;
    ASSERT_EQ(0, uv_loop_init(&loop_));
    ASSERT_EQ(0, uv_fs_event_init(&loop_, &watch_));
    watch_.data = this;
    char parent[MAX_PATH];
    ASSERT_NE(0u, GetTempPathA(sizeof(parent), parent));
    static int number = 0;
    folder_ = std::string(parent) + "violet-watch-" + std::to_string(GetCurrentProcessId()) + "-" +
              std::to_string(++number);
    ASSERT_TRUE(CreateDirectoryA(folder_.c_str(), nullptr));
    file_ = folder_ + "\\file";
    touch();
  }
  void TearDown() override {
    uv_close(reinterpret_cast<uv_handle_t*>(&watch_), nullptr);
    uv_run(&loop_, UV_RUN_DEFAULT);
    EXPECT_EQ(0, uv_loop_close(&loop_));
    DeleteFileA(file_.c_str());
    RemoveDirectoryA(folder_.c_str());
  }
  void touch() {
    std::FILE* file = std::fopen(file_.c_str(), "a");
    ASSERT_NE(nullptr, file);
    std::fputs("x", file);
    std::fclose(file);
  }
  void expect_news_of(const std::string& path) {
    ASSERT_EQ(0, uv_fs_event_start(
                     &watch_,
                     [](uv_fs_event_t* watch, const char* name, int, int status) {
                       EXPECT_EQ(0, status);
                       static_cast<WatchWithoutPath*>(watch->data)->name_ = name;
                     },
                     path.c_str(), 0));
    EXPECT_GE(refusals, 1);
    touch();
    while (name_.empty())
      uv_run(&loop_, UV_RUN_ONCE);
    EXPECT_EQ("file", name_);
  }

  test_support::Detour<decltype(&GetFinalPathNameByHandleW)> detour_{
      __imp_GetFinalPathNameByHandleW, refuse};
  uv_loop_t loop_;
  uv_fs_event_t watch_;
  std::string folder_, file_, name_;
};

TEST_F(WatchWithoutPath, AFolderIsWatched) {
  expect_news_of(folder_);
}

TEST_F(WatchWithoutPath, SeparatorsMayEndItsPath) {
  expect_news_of(folder_ + "\\/");
}

TEST_F(WatchWithoutPath, AFileIsWatchedByItsFolder) {
  expect_news_of(file_);
}

TEST_F(WatchWithoutPath, SoIsOneOfTheCurrentFolder) {
  char before[MAX_PATH];
  GetCurrentDirectoryA(sizeof(before), before);
  ASSERT_TRUE(SetCurrentDirectoryA(folder_.c_str()));
  expect_news_of("file");
  SetCurrentDirectoryA(before);
}

}  // namespace

// Many file requests at once, and taking them back.
#include <cstring>
#include <memory>
#include <vector>

#include "busy_pool.h"
#include "fs_support.h"
#include "support.h"

namespace conformance {
namespace {

class FsMany : public testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(0, uv_loop_init(&loop_)); }
  void TearDown() override {
    uv_run(&loop_, UV_RUN_DEFAULT);
    EXPECT_EQ(0, uv_loop_close(&loop_));
  }
  uv_loop_t loop_;
  TemporaryDirectory directory_;
};

TEST_F(FsMany, RunsEveryCallbackOnce) {
  constexpr int kCount = 500;
  std::vector<std::unique_ptr<FsCall>> calls;
  for (int i = 0; i < kCount; ++i) {
    calls.push_back(std::make_unique<FsCall>());
    std::string path = directory_ / std::to_string(i);
    ASSERT_EQ(0, uv_fs_mkdir(&loop_, &calls[i]->request, path.c_str(), 0700, FsCall::count));
  }
  uv_run(&loop_, UV_RUN_DEFAULT);
  for (const auto& call : calls) {
    EXPECT_EQ(0, call->request.result);
    EXPECT_EQ(1, call->callbacks);
  }
}

// Operations that need a thread wherever they are done: what memory can answer may be over already.
TEST_F(FsMany, TakesBackWhatHasNotBegun) {
  BusyPool pool(&loop_);
  FsCall opened;
  std::string path = directory_ / "file";
  uv_file file = uv_fs_open(nullptr, &opened.request, path.c_str(), UV_FS_O_RDWR | UV_FS_O_CREAT,
                            0600, nullptr);
  ASSERT_GE(file, 0);
  char byte = 'x';
  uv_buf_t buffers[6];
  for (uv_buf_t& buffer : buffers)
    buffer = uv_buf_init(&byte, 1);
  std::string path_template = directory_ / "XXXXXX";
  FsCall remove, write, scan, temporary;
  ASSERT_EQ(0, uv_fs_unlink(&loop_, &remove.request, path.c_str(), FsCall::count));
  ASSERT_EQ(0, uv_fs_write(&loop_, &write.request, file, buffers, 6, -1, FsCall::count));
  ASSERT_EQ(0, uv_fs_scandir(&loop_, &scan.request, "/", 0, FsCall::count));
  ASSERT_EQ(0, uv_fs_mkdtemp(&loop_, &temporary.request, path_template.c_str(), FsCall::count));
  FsCall* all[] = {&remove, &write, &scan, &temporary};
  for (FsCall* call : all)
    EXPECT_EQ(0, uv_cancel(reinterpret_cast<uv_req_t*>(&call->request)));
  for (FsCall* call : all)
    EXPECT_EQ(0, call->callbacks) << "not inside uv_cancel()";
  pool.let_go();
  uv_run(&loop_, UV_RUN_DEFAULT);
  for (FsCall* call : all) {
    EXPECT_EQ(1, call->callbacks);
    EXPECT_EQ(UV_ECANCELED, call->request.result);
  }
  uv_dirent_t entry;
  EXPECT_EQ(UV_ECANCELED, uv_fs_scandir_next(&scan.request, &entry));
  FsCall status;
  EXPECT_EQ(0, uv_fs_stat(nullptr, &status.request, path.c_str(), nullptr));
  EXPECT_EQ(0u, status.request.statbuf.st_size) << "nothing was written";
  EXPECT_EQ(0, uv_fs_close(nullptr, &opened.request, file, nullptr));
}

TEST_F(FsMany, CannotTakeBackWhatIsOver) {
  FsCall call;
  ASSERT_EQ(0, uv_fs_stat(&loop_, &call.request, "/", FsCall::count));
  uv_run(&loop_, UV_RUN_DEFAULT);
  EXPECT_EQ(UV_EBUSY, uv_cancel(reinterpret_cast<uv_req_t*>(&call.request)));
}

TEST_F(FsMany, CannotTakeBackWhatWasDoneAtOnce) {
  if (!is_at_least(1, 45)) GTEST_SKIP() << "1.44.2 reads what happens to be in the request";
  uv_fs_t request;
  std::memset(static_cast<void*>(&request), 1, sizeof(request));
  ASSERT_EQ(0, uv_fs_stat(&loop_, &request, "/", nullptr));
  EXPECT_EQ(UV_EBUSY, uv_cancel(reinterpret_cast<uv_req_t*>(&request)));
  uv_fs_req_cleanup(&request);
}

TEST_F(FsMany, StartsTheNextInTheCallback) {
  static int left;
  static uv_fs_t request;
  left = 100;
  uv_fs_cb next = [](uv_fs_t* done) {
    uv_loop_t* loop = done->loop;
    uv_fs_cb again = done->cb;
    EXPECT_EQ(0, done->result);
    uv_fs_req_cleanup(done);
    if (--left > 0) {
      EXPECT_EQ(0, uv_fs_access(loop, done, "/", 0, again));
    }
  };
  ASSERT_EQ(0, uv_fs_access(&loop_, &request, "/", 0, next));
  uv_run(&loop_, UV_RUN_DEFAULT);
  EXPECT_EQ(0, left);
}

}  // namespace
}  // namespace conformance

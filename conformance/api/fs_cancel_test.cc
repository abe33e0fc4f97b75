// Many file requests at once, and taking them back.
#include <cstdlib>
#include <memory>
#include <vector>

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

// Occupies every thread of the pool until it is let go.
class BusyPool {
 public:
  explicit BusyPool(uv_loop_t* loop) {
    uv_sem_init(&go_, 0);
    const char* size = std::getenv("UV_THREADPOOL_SIZE");
    works_.resize(size == nullptr ? 4 : std::atoi(size));
    for (uv_work_t& work : works_) {
      work.data = &go_;
      uv_queue_work(
          loop, &work,
          [](uv_work_t* started) { uv_sem_wait(static_cast<uv_sem_t*>(started->data)); },
          [](uv_work_t*, int) {});
    }
  }
  ~BusyPool() { uv_sem_destroy(&go_); }
  void let_go() {
    for (std::size_t i = 0; i < works_.size(); ++i)
      uv_sem_post(&go_);
  }

 private:
  uv_sem_t go_;
  std::vector<uv_work_t> works_;
};

TEST_F(FsMany, TakesBackWhatHasNotBegun) {
  BusyPool pool(&loop_);
  char byte;
  uv_buf_t buffers[6];
  for (uv_buf_t& buffer : buffers)
    buffer = uv_buf_init(&byte, 1);
  std::string path_template = directory_ / "XXXXXX";
  FsCall stat, read, scan, temporary;
  ASSERT_EQ(0, uv_fs_stat(&loop_, &stat.request, "/", FsCall::count));
  ASSERT_EQ(0, uv_fs_read(&loop_, &read.request, 0, buffers, 6, -1, FsCall::count));
  ASSERT_EQ(0, uv_fs_scandir(&loop_, &scan.request, "/", 0, FsCall::count));
  ASSERT_EQ(0, uv_fs_mkdtemp(&loop_, &temporary.request, path_template.c_str(), FsCall::count));
  FsCall* all[] = {&stat, &read, &scan, &temporary};
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
}

TEST_F(FsMany, CannotTakeBackWhatIsOver) {
  FsCall call;
  ASSERT_EQ(0, uv_fs_stat(&loop_, &call.request, "/", FsCall::count));
  uv_run(&loop_, UV_RUN_DEFAULT);
  EXPECT_EQ(UV_EBUSY, uv_cancel(reinterpret_cast<uv_req_t*>(&call.request)));
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

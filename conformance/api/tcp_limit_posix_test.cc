// Listening while the process may open no more descriptors.
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <vector>

#include "engine_name.h"
#include "tcp_support.h"

namespace conformance {
namespace {

// Keeps the process from opening more than a few descriptors while it lives.
class FewFreeDescriptors {
 public:
  explicit FewFreeDescriptors(int count) {
    getrlimit(RLIMIT_NOFILE, &before_);
    std::vector<int> taken;
    for (int i = 0; i <= count; ++i)
      taken.push_back(open("/dev/null", O_RDONLY | O_CLOEXEC));
    rlimit now = before_;
    now.rlim_cur = static_cast<rlim_t>(taken.back());
    for (int descriptor : taken)
      ::close(descriptor);
    setrlimit(RLIMIT_NOFILE, &now);
  }
  ~FewFreeDescriptors() { setrlimit(RLIMIT_NOFILE, &before_); }

 private:
  rlimit before_;
};

TEST_F(Tcp, AListenerOutOfDescriptorsNeitherSpinsNorIsLost) {
  listen();
  start_client();
  start_client();
  {
    FewFreeDescriptors full(0);
    uv_timer_t timer;
    bool over = false;
    timer.data = &over;
    uv_timer_init(&loop_, &timer);
    uv_timer_start(
        &timer, [](uv_timer_t* timer) { *static_cast<bool*>(timer->data) = true; }, 300, 0);
    int turns = 0;
    while (!over) {
      uv_run(&loop_, UV_RUN_ONCE);
      ++turns;
    }
    EXPECT_LT(turns, 50);
    EXPECT_EQ(0u, accepted_.size());
    close(timer);
    run_until([] { return true; });
  }
  start_client();
  run_until([&] { return !accepted_.empty(); });
  // libuv drops the clients that came meanwhile; keeping them is better.
  if (is_at_least(1, 50)) run_until([&] { return accepted_.size() == 3; });
}

// All descriptors are the clients' own, who wait for an answer before they close: unless somebody
// is turned away, nothing ever moves again.
TEST_F(Tcp, AShortageThatLastsEndsForClientsOfTheSameProcess) {
  listen();
  start_client();
  start_client();
  Reader first, second;
  {
    FewFreeDescriptors full(0);
    run_until([&] { return connects_[0]->status == 0 && connects_[1]->status == 0; });
    ASSERT_EQ(0, first.start(stream(*clients_[0])));
    ASSERT_EQ(0, second.start(stream(*clients_[1])));
    run_until([&] { return first.end != 0 && second.end != 0; });
    EXPECT_EQ(0u, accepted_.size());
    EXPECT_EQ(UV_EOF, first.end);
    EXPECT_EQ(UV_EOF, second.end);
  }
  start_client();
  run_until([&] { return accepted_.size() == 1; });
}

// The last one was taken: that is no reason to rest before somebody comes.
TEST_F(Tcp, AListenerThatNobodyWaitsForDoesNotPause) {
  if (runs_on(loop_, "uring")) GTEST_SKIP() << "its kernel looks for a descriptor ahead of clients";
  listen();
  start_client();
  FewFreeDescriptors last(1);
  // In the callback of the last connection, so that the next one was looked for when it is over.
  run_until([&] { return connects_[0]->status == 0 && accepted_.size() == 1; });
  uv_run(&loop_, UV_RUN_NOWAIT);
  EXPECT_EQ(-1, uv_backend_timeout(&loop_));
}

}  // namespace
}  // namespace conformance

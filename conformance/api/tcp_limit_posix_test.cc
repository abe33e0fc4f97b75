// Listening while the process may open no more descriptors.
#include <sys/resource.h>
#include <unistd.h>

#include "tcp_support.h"

namespace conformance {
namespace {

// Keeps the process from opening descriptors while it lives.
class NoFreeDescriptors {
 public:
  NoFreeDescriptors() {
    getrlimit(RLIMIT_NOFILE, &before_);
    int next = dup(0);
    ::close(next);
    rlimit now = before_;
    now.rlim_cur = static_cast<rlim_t>(next);
    setrlimit(RLIMIT_NOFILE, &now);
  }
  ~NoFreeDescriptors() { setrlimit(RLIMIT_NOFILE, &before_); }

 private:
  rlimit before_;
};

TEST_F(Tcp, AListenerOutOfDescriptorsNeitherSpinsNorIsLost) {
  listen();
  start_client();
  start_client();
  {
    NoFreeDescriptors full;
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

}  // namespace
}  // namespace conformance

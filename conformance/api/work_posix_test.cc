// Work on the thread pool, and fork(2).
#include <unistd.h>

#include <atomic>
#include <vector>

#include "busy_pool.h"
#include "loop_fixture.h"
#include "own_process.h"
#include "support.h"

namespace conformance {
namespace {

class ForkedWork : public LoopTest {};

template <typename Request>
uv_req_t* base(Request* request) {
  return reinterpret_cast<uv_req_t*>(request);
}

// How often requests were over with 0, and with UV_ECANCELED.
struct Outcomes {
  int worked = 0;
  int cancelled = 0;
};

int queue_counted(uv_loop_t* loop, uv_work_t& request, Outcomes& outcomes) {
  request.data = &outcomes;
  return uv_queue_work(
      loop, &request, [](uv_work_t*) {},
      [](uv_work_t* work, int status) {
        Outcomes& counted = *static_cast<Outcomes*>(work->data);
        counted.worked += status == 0;
        counted.cancelled += status == UV_ECANCELED;
      });
}

// The parent's work cannot run in a forked child, but be taken back there.
int cancel_in_child(uv_loop_t* loop, uv_work_t& waiting, Outcomes& outcomes) {
  if (uv_loop_fork(loop) != 0) return 1;
  if (uv_cancel(base(&waiting)) != 0) return 2;
  uv_work_t own;
  if (queue_counted(loop, own, outcomes) != 0) return 3;
  while (outcomes.cancelled == 0 || outcomes.worked == 0)
    uv_run(loop, UV_RUN_ONCE);
  return outcomes.cancelled == 1 && outcomes.worked == 1 ? 0 : 4;
}

TEST_F(ForkedWork, AForkedChildCancelsWhatItsParentQueued) {
  if (!kForkedChildrenMayStartThreads) GTEST_SKIP() << "ThreadSanitizer";
  BusyPool pool(&loop);
  Outcomes outcomes;
  uv_work_t waiting[2];
  for (uv_work_t& request : waiting)
    ASSERT_EQ(0, queue_counted(&loop, request, outcomes));
  EXPECT_EQ(0, in_own_process([&] { return cancel_in_child(&loop, waiting[1], outcomes); }));
  pool.let_go();
  run();
  EXPECT_EQ(2, outcomes.worked);
}

// The most works that run at once, of as many as UV_THREADPOOL_SIZE says. They wait for each other;
// where there are fewer threads, a moment.
int most_at_once(uv_loop_t* loop, int wanted) {
  struct Meeting {
    std::atomic<int> present{0};
    int wanted;
  } meeting;
  meeting.wanted = wanted;
  std::vector<uv_work_t> works(static_cast<std::size_t>(wanted));
  for (uv_work_t& work : works) {
    work.data = &meeting;
    uv_queue_work(
        loop, &work,
        [](uv_work_t* request) {
          Meeting& meeting = *static_cast<Meeting*>(request->data);
          ++meeting.present;
          for (int i = 0; i < 2000 && meeting.present < meeting.wanted; ++i)
            uv_sleep(1);
          if (meeting.present < meeting.wanted) --meeting.present;
        },
        [](uv_work_t*, int) {});
  }
  uv_run(loop, UV_RUN_DEFAULT);
  return meeting.present;
}

TEST_F(ForkedWork, AForkedChildMayChooseTheSizeOfItsPool) {
  if (!kForkedChildrenMayStartThreads) GTEST_SKIP() << "ThreadSanitizer";
  // The parent's pool has its size by now.
  BusyPool pool(&loop);
  pool.let_go();
  run();
  EXPECT_EQ(7, in_own_process([this] {
              if (uv_loop_fork(&loop) != 0) return 99;
              uv_os_setenv("UV_THREADPOOL_SIZE", "7");
              return most_at_once(&loop, 7);
            }));
}

}  // namespace
}  // namespace conformance

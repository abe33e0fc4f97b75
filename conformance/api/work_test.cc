// Work on the thread pool, and taking it back.
#include <atomic>
#include <thread>

#include "loop_fixture.h"
#include "support.h"

namespace conformance {
namespace {

// Occupies every thread of the pool until it is opened.
class Gate {
 public:
  void close(uv_loop_t* loop) {
    for (uv_work_t& request : requests_) {
      request.data = this;
      ASSERT_EQ(0, uv_queue_work(loop, &request, wait, nullptr));
    }
    while (waiting_ < kThreads)
      std::this_thread::yield();
  }
  void open() { is_open_ = true; }

 private:
  static constexpr int kThreads = 4;
  static void wait(uv_work_t* request) {
    Gate& gate = *static_cast<Gate*>(request->data);
    ++gate.waiting_;
    while (!gate.is_open_)
      std::this_thread::yield();
  }

  uv_work_t requests_[kThreads];
  std::atomic<int> waiting_{0};
  std::atomic<bool> is_open_{false};
};

class WorkTest : public LoopTest {};

template <typename Request>
uv_req_t* base(Request* request) {
  return reinterpret_cast<uv_req_t*>(request);
}

TEST_F(WorkTest, WorksElsewhereAndReportsHere) {
  struct State {
    std::thread::id worker;
    std::thread::id reporter;
    int status = 1;
  } state;
  uv_work_t request;
  request.data = &state;
  ASSERT_EQ(0, uv_queue_work(
                   &loop, &request,
                   [](uv_work_t* work) {
                     static_cast<State*>(work->data)->worker = std::this_thread::get_id();
                   },
                   [](uv_work_t* work, int status) {
                     State& seen = *static_cast<State*>(work->data);
                     seen.reporter = std::this_thread::get_id();
                     seen.status = status;
                   }));
  EXPECT_EQ(UV_WORK, request.type);
  EXPECT_EQ(&loop, request.loop);
  EXPECT_EQ(1u, loop.active_reqs.count);
  EXPECT_NE(0, uv_loop_alive(&loop));
  EXPECT_EQ(UV_EBUSY, uv_loop_close(&loop));
  run();
  EXPECT_EQ(0, state.status);
  EXPECT_EQ(std::this_thread::get_id(), state.reporter);
  EXPECT_NE(std::this_thread::get_id(), state.worker);
  EXPECT_EQ(0u, loop.active_reqs.count);
}

TEST_F(WorkTest, NeedsWork) {
  uv_work_t request;
  EXPECT_EQ(UV_EINVAL, uv_queue_work(&loop, &request, nullptr, [](uv_work_t*, int) {}));
  EXPECT_EQ(0, uv_loop_alive(&loop));
}

TEST_F(WorkTest, NeedsNoReport) {
  uv_work_t request;
  ASSERT_EQ(0, uv_queue_work(
                   &loop, &request, [](uv_work_t*) {}, nullptr));
  EXPECT_EQ(0, run());
}

TEST_F(WorkTest, MayBeQueuedAgainInItsReport) {
  uv_work_t request;
  struct State {
    int rounds = 0;
  } state;
  request.data = &state;
  static uv_after_work_cb again = [](uv_work_t* work, int) {
    if (++static_cast<State*>(work->data)->rounds == 100) return;
    EXPECT_EQ(0, uv_queue_work(
                     work->loop, work, [](uv_work_t*) {}, again));
  };
  ASSERT_EQ(0, uv_queue_work(
                   &loop, &request, [](uv_work_t*) {}, again));
  run();
  EXPECT_EQ(100, state.rounds);
}

TEST_F(WorkTest, ThousandsAllRunOnce) {
  constexpr std::size_t kCount = 5000;
  std::vector<uv_work_t> requests(kCount);
  std::atomic<int> worked{0};
  static int reported;
  reported = 0;
  for (uv_work_t& request : requests) {
    request.data = &worked;
    ASSERT_EQ(0, uv_queue_work(
                     &loop, &request,
                     [](uv_work_t* work) { ++*static_cast<std::atomic<int>*>(work->data); },
                     [](uv_work_t*, int status) {
                       EXPECT_EQ(0, status);
                       ++reported;
                     }));
  }
  run();
  EXPECT_EQ(static_cast<int>(kCount), worked);
  EXPECT_EQ(static_cast<int>(kCount), reported);
}

TEST_F(WorkTest, SeveralLoopsShareThePool) {
  uv_loop_t other;
  ASSERT_EQ(0, uv_loop_init(&other));
  static std::atomic<int> reported;
  reported = 0;
  uv_work_t requests[40];
  for (int i = 0; i < 40; ++i) {
    uv_queue_work(
        i % 2 == 0 ? &loop : &other, &requests[i], [](uv_work_t*) {},
        [](uv_work_t*, int) { ++reported; });
  }
  std::thread thread([&] { uv_run(&other, UV_RUN_DEFAULT); });
  run();
  thread.join();
  EXPECT_EQ(40, reported);
  EXPECT_EQ(0, uv_loop_close(&other));
}

// The outcome of a request, for its callback to fill in.
struct Outcome {
  int calls = 0;
  int status = 0;
};

TEST_F(WorkTest, WaitingWorkCanBeCancelled) {
  Gate gate;
  gate.close(&loop);
  Outcome outcome;
  uv_work_t request;
  request.data = &outcome;
  uv_queue_work(
      &loop, &request, [](uv_work_t*) { ADD_FAILURE() << "ran after all"; },
      [](uv_work_t* work, int status) {
        Outcome& seen = *static_cast<Outcome*>(work->data);
        ++seen.calls;
        seen.status = status;
      });
  EXPECT_EQ(0, uv_cancel(base(&request)));
  EXPECT_EQ(0, outcome.calls) << "never inside the call";
  while (outcome.calls == 0)
    run(UV_RUN_ONCE);
  EXPECT_EQ(UV_ECANCELED, outcome.status);
  gate.open();
  run();
  EXPECT_EQ(1, outcome.calls);
}

TEST_F(WorkTest, RunningAndFinishedWorkIsBusy) {
  struct State {
    std::atomic<bool> started{false};
    std::atomic<bool> open{false};
  } state;
  uv_work_t request;
  request.data = &state;
  uv_queue_work(
      &loop, &request,
      [](uv_work_t* work) {
        State& shared = *static_cast<State*>(work->data);
        shared.started = true;
        while (!shared.open)
          std::this_thread::yield();
      },
      [](uv_work_t*, int status) { EXPECT_EQ(0, status); });
  while (!state.started)
    std::this_thread::yield();
  EXPECT_EQ(UV_EBUSY, uv_cancel(base(&request)));
  state.open = true;
  run();
  EXPECT_EQ(UV_EBUSY, uv_cancel(base(&request)));
}

TEST_F(WorkTest, CancelledLookupsAndRandomTellSo) {
  Gate gate;
  gate.close(&loop);
  uv_getaddrinfo_t addresses;
  uv_getnameinfo_t name;
  uv_random_t random;
  static int address_status, name_status, random_status;
  address_status = name_status = random_status = 1;
  char bytes[8];
  sockaddr_in local;
  ASSERT_EQ(0, uv_ip4_addr("127.0.0.1", 80, &local));
  ASSERT_EQ(0, uv_getaddrinfo(
                   &loop, &addresses,
                   [](uv_getaddrinfo_t*, int status, addrinfo* found) {
                     address_status = status;
                     EXPECT_EQ(nullptr, found);
                   },
                   "localhost", nullptr, nullptr));
  ASSERT_EQ(0, uv_getnameinfo(
                   &loop, &name,
                   [](uv_getnameinfo_t*, int status, const char* host, const char* service) {
                     name_status = status;
                     EXPECT_EQ(nullptr, host);
                     EXPECT_EQ(nullptr, service);
                   },
                   reinterpret_cast<sockaddr*>(&local), 0));
  ASSERT_EQ(0, uv_random(&loop, &random, bytes, sizeof(bytes), 0,
                         [](uv_random_t*, int status, void*, size_t) { random_status = status; }));
  EXPECT_EQ(0, uv_cancel(base(&addresses)));
  EXPECT_EQ(0, uv_cancel(base(&name)));
  EXPECT_EQ(0, uv_cancel(base(&random)));
  gate.open();
  run();
  EXPECT_EQ(UV_EAI_CANCELED, address_status);
  EXPECT_EQ(UV_EAI_CANCELED, name_status);
  EXPECT_EQ(UV_ECANCELED, random_status);
}

TEST_F(WorkTest, OtherRequestsCannotBeCancelled) {
  for (uv_req_type type : {UV_CONNECT, UV_WRITE, UV_SHUTDOWN, UV_UDP_SEND, UV_UNKNOWN_REQ}) {
    uv_req_t request = {};
    request.type = type;
    EXPECT_EQ(UV_EINVAL, uv_cancel(&request)) << type;
  }
}

TEST_F(WorkTest, SlowLookupsLeaveThreadsForWork) {
  REQUIRE_FUNCTION(violet_loop_init);
  // Many look-ups wait in the queue before the work does; it need not wait for them all.
  constexpr int kLookups = 64;
  std::vector<uv_getaddrinfo_t> lookups(kLookups);
  static int found;
  found = 0;
  for (uv_getaddrinfo_t& lookup : lookups) {
    ASSERT_EQ(0, uv_getaddrinfo(
                     &loop, &lookup,
                     [](uv_getaddrinfo_t*, int status, addrinfo* addresses) {
                       EXPECT_EQ(0, status);
                       uv_freeaddrinfo(addresses);
                       ++found;
                     },
                     "127.0.0.1", "80", nullptr));
  }
  uv_work_t work;
  ASSERT_EQ(0, uv_queue_work(
                   &loop, &work, [](uv_work_t*) {}, nullptr));
  run();
  EXPECT_EQ(kLookups, found);
}

}  // namespace
}  // namespace conformance

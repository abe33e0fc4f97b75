// Asyncs: to and fro between two threads, one sender in a tight loop, and some of many handles.
#include <atomic>
#include <vector>

#include "cases.h"

namespace {

using bench::check;

struct Match;

struct Player {
  bench::Loop loop;
  uv_async_t async;
  Match* match;
};

// Our player keeps count. Its opponent, in another thread, sends back whatever comes.
struct Match {
  benchmark::State& state;
  Player ours, opponent;
  std::atomic<bool> over = false;
};

void prepare(Match& match, Player& player, uv_async_cb on_ball) {
  check(uv_async_init(player.loop.get(), &player.async, on_ball), "uv_async_init");
  player.async.data = &match;
}

void close(uv_async_t* async) {
  uv_close(reinterpret_cast<uv_handle_t*>(async), nullptr);
}

void on_ball_to_us(uv_async_t* async) {
  Match& match = *static_cast<Match*>(async->data);
  if (!match.state.KeepRunningBatch(2)) {
    match.over = true;
    close(async);
  }
  uv_async_send(&match.opponent.async);
}

void on_ball_to_opponent(uv_async_t* async) {
  Match& match = *static_cast<Match*>(async->data);
  if (match.over) return close(async);
  uv_async_send(&match.ours.async);
}

// An operation is one turn: one thread wakes the other. The clock starts when the first ball is
// back.
void ping_pong(benchmark::State& state) {
  Match match{state, {}, {}};
  prepare(match, match.ours, on_ball_to_us);
  prepare(match, match.opponent, on_ball_to_opponent);
  uv_thread_t thread;
  check(
      uv_thread_create(
          &thread, [](void* player) { static_cast<Player*>(player)->loop.run(); }, &match.opponent),
      "uv_thread_create");
  uv_async_send(&match.opponent.async);
  match.ours.loop.run();
  uv_thread_join(&thread);
}
BENCHMARK(ping_pong)->Apply(bench::all_threads);

void send_to_pending(benchmark::State& state) {
  bench::Loop loop;
  uv_async_t async;
  check(uv_async_init(loop.get(), &async, [](uv_async_t*) {}), "uv_async_init");
  uv_async_send(&async);
  for (auto _ : state)
    uv_async_send(&async);
  close(&async);
  loop.run();
}
BENCHMARK(send_to_pending)->Apply(bench::all_threads);

void send_and_run_once(benchmark::State& state) {
  bench::Loop loop;
  uv_async_t async;
  check(uv_async_init(loop.get(), &async, [](uv_async_t*) {}), "uv_async_init");
  for (auto _ : state) {
    uv_async_send(&async);
    uv_run(loop.get(), UV_RUN_NOWAIT);
  }
  close(&async);
  loop.run();
}
BENCHMARK(send_and_run_once)->Apply(bench::all_threads);

// A part of the handles is sent to, the last first, before the loop looks. An operation is one send
// with its callback: it should cost the same however many handles there are beside.
void send_to_some(benchmark::State& state) {
  const auto signalled = static_cast<std::size_t>(state.range(0));
  const auto existing = static_cast<std::size_t>(state.range(1));
  bench::Loop loop;
  std::vector<uv_async_t> asyncs(existing);
  for (uv_async_t& async : asyncs)
    check(uv_async_init(loop.get(), &async, [](uv_async_t*) {}), "uv_async_init");
  while (state.KeepRunningBatch(state.range(0))) {
    for (std::size_t i = signalled; i > 0; --i)
      uv_async_send(&asyncs[(i - 1) * (existing / signalled)]);
    uv_run(loop.get(), UV_RUN_NOWAIT);
  }
  loop.close_all_and_run();
}
BENCHMARK(send_to_some)
    ->ArgNames({"signalled", "of"})
    ->Args({1, 1000})
    ->Args({100, 100})
    ->Args({100, 10000})
    ->Args({10000, 10000})
    ->Apply(bench::all_threads);

}  // namespace

BENCHMARK_MAIN();

// Why uv_async_send() exchanges where a plain load would be cheaper: the litmus test of the store
// buffer, with the two steps of a sender and the two of a loop.
//
//   sender: writes the message; asks whether the handle is signalled already, then leaves it at
//   that loop:   takes the signal back; reads the message
//
// A message is lost where the sender saw the old signal and the loop the old message. Prints how
// often that happened with a load, with an exchange, and with a load where the loop makes a barrier
// for the sender, too (as for a handle that is sent to very often); ends with 1 if one of the
// latter two lost one.
//
//   build/release/litmus_async_send [ROUNDS]
#include <array>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "os/process_barrier.h"

namespace {

// On a busy machine the other thread may not run at all for a while.
constexpr int kSpins = 2000;
// So that every distance between the two steps comes up.
constexpr int kSenderDistances = 7, kLoopDistances = 97;

struct alignas(64) Line {
  std::atomic<int> word{0};
};

// Each in a line of its own: stores wait for their lines, one behind the other, while a load goes
// past them.
struct Meeting {
  std::array<Line, 3> message;
  alignas(64) std::atomic<bool> signalled{true};
  alignas(64) std::atomic<int> sender_step{0};
  alignas(64) std::atomic<int> loop_step{0};
};

// Both threads leave as close to each other as spinning can bring them.
void meet(std::atomic<int>& own, const std::atomic<int>& other, int step) {
  own.store(step);
  for (int spins = 0; other.load() < step; ++spins) {
    if (spins > kSpins) std::this_thread::yield();
  }
}

void pass_time(int steps) {
  for (int step = 0; step < steps; ++step)
    std::atomic_signal_fence(std::memory_order_seq_cst);
}

// `ask` is the sender's step, `settle` what the loop does after it has taken the signal back.
template <typename Ask, typename Settle>
int count_lost(int rounds, Ask ask, Settle settle) {
  Meeting meeting;
  bool was_signalled = false;
  std::thread sender([&] {
    for (int round = 0; round < rounds; ++round) {
      meet(meeting.sender_step, meeting.loop_step, 2 * round + 1);
      pass_time(round % kSenderDistances);
      for (Line& line : meeting.message)
        line.word.store(1, std::memory_order_relaxed);
      was_signalled = ask(meeting.signalled);
      meet(meeting.sender_step, meeting.loop_step, 2 * round + 2);
    }
  });
  int lost = 0;
  for (int round = 0; round < rounds; ++round) {
    for (Line& line : meeting.message)
      line.word.store(0);
    meeting.signalled.store(true);
    meet(meeting.loop_step, meeting.sender_step, 2 * round + 1);
    pass_time(round % kLoopDistances);
    meeting.signalled.exchange(false, std::memory_order_acq_rel);
    settle();
    const bool is_old = meeting.message.back().word.load(std::memory_order_relaxed) == 0;
    meet(meeting.loop_step, meeting.sender_step, 2 * round + 2);
    if (was_signalled && is_old) ++lost;
  }
  sender.join();
  return lost;
}

}  // namespace

int main(int count, char** arguments) {
  const int rounds = count > 1 ? std::atoi(arguments[1]) : 1000000;
  const auto load = [](std::atomic<bool>& signalled) {
    std::atomic_signal_fence(std::memory_order_seq_cst);
    return signalled.load(std::memory_order_relaxed);
  };
  const auto exchange = [](std::atomic<bool>& signalled) {
    return signalled.exchange(true, std::memory_order_acq_rel);
  };
  const auto nothing = [] {};
  const int by_load = count_lost(rounds, load, nothing);
  const int by_exchange = count_lost(rounds, exchange, nothing);
  std::printf("lost of %d messages: %d by a load, %d by an exchange", rounds, by_load, by_exchange);
  int by_barrier = 0;
  if (violet::has_process_barrier()) {
    by_barrier = count_lost(rounds, load, violet::process_barrier);
    std::printf(", %d by a load with the loop's barrier", by_barrier);
  }
  std::puts("");
  return by_exchange == 0 && by_barrier == 0 ? 0 : 1;
}

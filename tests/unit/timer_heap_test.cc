#include "core/timer_heap.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <utility>
#include <vector>

namespace violet {
namespace {

// The heap against an ordered map, which is slow and certainly right.
class Model {
 public:
  explicit Model(std::size_t timers) : indexes_(timers, TimerHeap::kNotInHeap), keys_(timers) {}

  void start(std::size_t timer, std::uint64_t due) {
    Key key = {due, next_order_++};
    if (indexes_[timer] == TimerHeap::kNotInHeap) {
      ASSERT_TRUE(heap_.insert({key.first, key.second, &indexes_[timer]}));
    } else {
      heap_.update(indexes_[timer], key.first, key.second);
      ordered_.erase(keys_[timer]);
    }
    keys_[timer] = key;
    ordered_[key] = timer;
  }

  void stop(std::size_t timer) {
    if (indexes_[timer] == TimerHeap::kNotInHeap) return;
    heap_.remove(indexes_[timer]);
    ordered_.erase(keys_[timer]);
    EXPECT_EQ(TimerHeap::kNotInHeap, indexes_[timer]);
  }

  void pop() {
    if (ordered_.empty()) return;
    stop(ordered_.begin()->second);
  }

  void check() {
    ASSERT_EQ(ordered_.size(), heap_.size());
    if (ordered_.empty()) return;
    const auto& [key, timer] = *ordered_.begin();
    ASSERT_EQ(key.first, heap_.first().due_ms);
    ASSERT_EQ(key.second, heap_.first().start_order);
    ASSERT_EQ(&indexes_[timer], heap_.first().index);
  }

  void check_indexes() {
    for (std::size_t i = 0; i < heap_.size(); ++i)
      ASSERT_EQ(i, *heap_.at(static_cast<std::uint32_t>(i)).index);
  }

 private:
  using Key = std::pair<std::uint64_t, std::uint64_t>;

  TimerHeap heap_;
  std::vector<std::uint32_t> indexes_;
  std::vector<Key> keys_;
  std::map<Key, std::size_t> ordered_;
  std::uint64_t next_order_ = 0;
};

TEST(TimerHeap, AgreesWithAModelUnderRandomOperations) {
  constexpr int kOperations = 100'000;
  constexpr std::size_t kTimers = 300;
  Model model(kTimers);
  std::mt19937_64 random(1);
  for (int i = 0; i < kOperations; ++i) {
    const std::size_t timer = random() % kTimers;
    switch (random() % 5) {
      case 0:
        model.stop(timer);
        break;
      case 1:
        model.pop();
        break;
      default:
        model.start(timer, random() % 50);  // few due times make many ties
    }
    model.check();
    if (HasFatalFailure()) return;
    if (i % 1000 == 0) model.check_indexes();
  }
}

TEST(TimerHeap, TiesLeaveInStartOrder) {
  TimerHeap heap;
  std::vector<std::uint32_t> indexes(100);
  for (std::size_t i = 0; i < indexes.size(); ++i)
    ASSERT_TRUE(heap.insert({7, i, &indexes[i]}));
  for (std::size_t i = 0; i < indexes.size(); ++i) {
    ASSERT_EQ(i, heap.first().start_order);
    heap.remove(0);
  }
  EXPECT_TRUE(heap.empty());
}

}  // namespace
}  // namespace violet

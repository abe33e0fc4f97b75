#include "core/request_queue.h"

#include <gtest/gtest.h>

#include <type_traits>
#include <vector>

namespace violet {
namespace {

struct Request;

struct State {
  Request* next;
};

struct Request {
  State content;
  State& state() { return content; }
};

using Queue = RequestQueue<Request>;

static_assert(sizeof(Queue) == sizeof(void*));
static_assert(std::is_trivial_v<Queue>, "zeroed memory has to be an empty queue");

std::vector<Request*> drain(Queue& queue) {
  std::vector<Request*> order;
  while (!queue.empty())
    order.push_back(&queue.pop_front());
  return order;
}

TEST(RequestQueue, IsEmptyWhenZeroed) {
  Queue queue = {};
  EXPECT_TRUE(queue.empty());
  EXPECT_EQ(nullptr, queue.front());
}

TEST(RequestQueue, HandsOutInOrder) {
  Queue queue = {};
  Request a = {}, b = {}, c = {};
  queue.push_back(a);
  EXPECT_EQ(&a, queue.front());
  queue.push_back(b);
  queue.push_back(c);
  EXPECT_EQ(&a, queue.front());
  EXPECT_EQ((std::vector<Request*>{&a, &b, &c}), drain(queue));
  EXPECT_EQ(nullptr, queue.front());
}

TEST(RequestQueue, TakesMoreWhileItIsDrained) {
  Queue queue = {};
  Request a = {}, b = {};
  queue.push_back(a);
  EXPECT_EQ(&a, &queue.pop_front());
  EXPECT_TRUE(queue.empty());
  queue.push_back(b);
  queue.push_back(a);
  EXPECT_EQ(&b, &queue.pop_front());
  queue.push_back(b);
  EXPECT_EQ((std::vector<Request*>{&a, &b}), drain(queue));
}

TEST(RequestQueue, ShowsWhatComesAfter) {
  Queue queue = {};
  Request a = {}, b = {};
  queue.push_back(a);
  EXPECT_EQ(nullptr, queue.after(a)) << "the chain is a circle, but the queue has an end";
  queue.push_back(b);
  EXPECT_EQ(&b, queue.after(a));
  EXPECT_EQ(nullptr, queue.after(b));
}

}  // namespace
}  // namespace violet

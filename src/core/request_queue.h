// Requests in the order of their start, first in, first out.
#pragma once

#include <cassert>

namespace violet {

// A circular chain through `state().next` that knows its last member only, so that a queue takes
// one pointer in its handle. Zeroed memory is an empty queue.
template <typename Request>
struct RequestQueue {
  Request* last;

  bool empty() const { return last == nullptr; }
  // Null when empty.
  Request* front() const { return last == nullptr ? nullptr : last->state().next; }
  // The one behind `request`, null for the last.
  Request* after(Request& request) const {
    return &request == last ? nullptr : request.state().next;
  }

  void push_back(Request& request) {
    if (last == nullptr) {
      request.state().next = &request;
    } else {
      request.state().next = last->state().next;
      last->state().next = &request;
    }
    last = &request;
  }

  // Of a queue that is not empty.
  Request& pop_front() {
    assert(!empty());
    Request& request = *front();
    if (&request == last) {
      last = nullptr;
    } else {
      last->state().next = request.state().next;
    }
    return request;
  }
};

}  // namespace violet

// What a scheduling policy lets a thread choose between.
#pragma once

#include <sched.h>

#include "uv.h"

namespace violet {

// The least urgent value comes first.
struct PriorityRange {
  int lowest;
  int normal;
  int highest;

  // The value of a UV_THREAD_PRIORITY_*: the levels lie evenly on either side of normal.
  int value_of(int level) const {
    const int end = level < UV_THREAD_PRIORITY_NORMAL ? lowest : highest;
    const int steps =
        level < UV_THREAD_PRIORITY_NORMAL ? UV_THREAD_PRIORITY_LOWEST : UV_THREAD_PRIORITY_HIGHEST;
    return normal + (end - normal) * level / steps;
  }
};

static_assert(UV_THREAD_PRIORITY_NORMAL == 0);

// The static priorities of a policy.
inline PriorityRange priorities_of(int policy) {
  const int lowest = sched_get_priority_min(policy);
  const int highest = sched_get_priority_max(policy);
  return {lowest, lowest + (highest - lowest) / 2, highest};
}

}  // namespace violet

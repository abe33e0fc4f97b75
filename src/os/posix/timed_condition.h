// Conditions whose timed waits no change of the wall clock lengthens or cuts short.
#pragma once

#include <pthread.h>

#include <cstdint>

namespace violet {

// 0 or a positive errno.
int initialize_timed_condition(pthread_cond_t* condition);

// As pthread_cond_wait(3): 0, ETIMEDOUT after `nanoseconds`, or another errno.
int wait_for_time(pthread_cond_t* condition, pthread_mutex_t* mutex, std::uint64_t nanoseconds);

}  // namespace violet

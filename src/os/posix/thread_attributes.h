// What the library's threads and the public uv_thread_*() share.
#pragma once

#include <pthread.h>

#include <cstddef>
#include <cstdint>
#include <ctime>

namespace violet {

// The stack that a thread gets for `requested` bytes (0: the default): whole pages, never below
// what the system and a signal handler need.
std::size_t thread_stack_size(std::size_t requested);

// 0 or a positive errno, as pthread_create(3).
int create_thread(pthread_t* thread, std::size_t stack_size, void* (*entry)(void*), void* argument);

// A condition whose timed waits run on the monotonic clock. 0 or a positive errno.
int initialize_monotonic_condition(pthread_cond_t* condition);

// The point in time `nanoseconds` from now on that clock, clamped to what a timespec holds.
std::timespec monotonic_deadline(std::uint64_t nanoseconds);

}  // namespace violet

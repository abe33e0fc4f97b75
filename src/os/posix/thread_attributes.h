// What the library's threads and the public uv_thread_*() share.
#pragma once

#include <pthread.h>

#include <cstddef>

namespace violet {

// The stack that a thread gets for `requested` bytes (0: the default): whole pages, never below
// what the system and a signal handler need.
std::size_t thread_stack_size(std::size_t requested);

// 0 or a positive errno, as pthread_create(3).
int create_thread(pthread_t* thread, std::size_t stack_size, void* (*entry)(void*), void* argument);

}  // namespace violet

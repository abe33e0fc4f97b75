// Threads that programs start and hold as uv_thread_t.
#pragma once

#include <cstddef>

#include "uv.h"

namespace violet {

// `stack_size` 0 stands for the default; others are rounded up to pages and to the minimum.
int user_thread_create(uv_thread_t* thread, std::size_t stack_size, uv_thread_cb entry,
                       void* argument);
int user_thread_join(uv_thread_t* thread);
int user_thread_detach(uv_thread_t* thread);
uv_thread_t user_thread_self();
bool user_thread_equal(const uv_thread_t* left, const uv_thread_t* right);

// Cut to `size` with its terminator.
int user_thread_name(uv_thread_t* thread, char* name, std::size_t size);

// `level` is one of UV_THREAD_PRIORITY_*.
int user_thread_set_priority(uv_thread_t thread, int level);
int user_thread_priority(uv_thread_t thread, int* priority);

// One byte a CPU; `mask_size` is at least cpu_mask_size().
int cpu_mask_size();
int user_thread_set_affinity(uv_thread_t* thread, const char* mask, char* old_mask,
                             std::size_t mask_size);
int user_thread_affinity(uv_thread_t* thread, char* mask, std::size_t mask_size);
int current_cpu();

}  // namespace violet

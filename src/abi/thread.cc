#include "os/thread_name.h"
#include "os/user_thread.h"
#include "uv.h"

namespace {

int check_affinity_mask(const char* mask, std::size_t size) {
  const int needed = violet::cpu_mask_size();
  if (needed < 0) return needed;
  return mask != nullptr && size >= static_cast<std::size_t>(needed) ? 0 : UV_EINVAL;
}

}  // namespace

int uv_thread_create(uv_thread_t* thread, uv_thread_cb entry, void* argument) {
  return violet::user_thread_create(thread, 0, entry, argument);
}

int uv_thread_create_ex(uv_thread_t* thread, const uv_thread_options_t* options, uv_thread_cb entry,
                        void* argument) {
  bool sized = options != nullptr && (options->flags & UV_THREAD_HAS_STACK_SIZE) != 0;
  return violet::user_thread_create(thread, sized ? options->stack_size : 0, entry, argument);
}

int uv_thread_join(uv_thread_t* thread) {
  return violet::user_thread_join(thread);
}

int uv_thread_detach(uv_thread_t* thread) {
  return violet::user_thread_detach(thread);
}

uv_thread_t uv_thread_self(void) {
  return violet::user_thread_self();
}

int uv_thread_equal(const uv_thread_t* left, const uv_thread_t* right) {
  return violet::user_thread_equal(left, right) ? 1 : 0;
}

int uv_thread_setname(const char* name) {
  return name == nullptr ? UV_EINVAL : violet::set_current_thread_name(name);
}

int uv_thread_getname(uv_thread_t* thread, char* name, size_t size) {
  if (name == nullptr || size == 0) return UV_EINVAL;
  return violet::user_thread_name(thread, name, size);
}

int uv_thread_setpriority(uv_thread_t thread, int priority) {
  if (priority < UV_THREAD_PRIORITY_LOWEST || priority > UV_THREAD_PRIORITY_HIGHEST) {
    return UV_EINVAL;
  }
  return violet::user_thread_set_priority(thread, priority);
}

int uv_thread_getpriority(uv_thread_t thread, int* priority) {
  return priority == nullptr ? UV_EINVAL : violet::user_thread_priority(thread, priority);
}

int uv_cpumask_size(void) {
  return violet::cpu_mask_size();
}

int uv_thread_setaffinity(uv_thread_t* thread, char* mask, char* old_mask, size_t mask_size) {
  if (int error = check_affinity_mask(mask, mask_size); error != 0) return error;
  return violet::user_thread_set_affinity(thread, mask, old_mask, mask_size);
}

int uv_thread_getaffinity(uv_thread_t* thread, char* mask, size_t mask_size) {
  if (int error = check_affinity_mask(mask, mask_size); error != 0) return error;
  return violet::user_thread_affinity(thread, mask, mask_size);
}

int uv_thread_getcpu(void) {
  return violet::current_cpu();
}

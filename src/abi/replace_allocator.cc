#include "base/allocator.h"
#include "uv.h"

int uv_replace_allocator(uv_malloc_func allocate, uv_realloc_func reallocate,
                         uv_calloc_func allocate_zeroed, uv_free_func release) {
  if (allocate == nullptr || reallocate == nullptr || allocate_zeroed == nullptr ||
      release == nullptr) {
    return UV_EINVAL;
  }
  violet::set_allocator({allocate, reallocate, allocate_zeroed, release});
  return 0;
}

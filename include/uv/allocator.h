/** The memory functions the library uses, and its orderly end. */
#ifndef UV_ALLOCATOR_H_
#define UV_ALLOCATOR_H_

#include "uv/types.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef void* (*uv_malloc_func)(size_t size);
typedef void* (*uv_realloc_func)(void* ptr, size_t size);
typedef void* (*uv_calloc_func)(size_t count, size_t size);
typedef void (*uv_free_func)(void* ptr);

UV_EXTERN int uv_replace_allocator(uv_malloc_func malloc_func, uv_realloc_func realloc_func,
                                   uv_calloc_func calloc_func, uv_free_func free_func);
UV_EXTERN void uv_library_shutdown(void);

#ifdef __cplusplus
}  /* extern "C" */
#endif

#endif  /* UV_ALLOCATOR_H_ */

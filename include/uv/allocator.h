/** The memory functions the library uses, and its orderly end. */
#ifndef UV_ALLOCATOR_H_
#define UV_ALLOCATOR_H_

#include "uv/types.h"

#ifdef __cplusplus
extern "C" {
#endif

/** As malloc(3). */
typedef void* (*uv_malloc_func)(size_t size);
/** As realloc(3). */
typedef void* (*uv_realloc_func)(void* ptr, size_t size);
/** As calloc(3), and so returns zeroed memory. */
typedef void* (*uv_calloc_func)(size_t count, size_t size);
/** As free(3). */
typedef void (*uv_free_func)(void* ptr);

/**
 * Replaces the memory functions of the library. Call it before any other function of the library,
 * or when all memory the library has given out is back; else memory of one allocator is freed by
 * another. The functions are called from any thread.
 *
 * Thread: one thread, while no other uses the library. Errors: UV_EINVAL if a function is NULL.
 * Source: libuv docs, "Miscellaneous utilities".
 */
UV_EXTERN int uv_replace_allocator(uv_malloc_func malloc_func, uv_realloc_func realloc_func,
                                   uv_calloc_func calloc_func, uv_free_func free_func);

/**
 * Frees what the library holds for the whole process, the thread pool and what
 * uv_setup_args() returned. For programs that unload the library or look for leaks. Do not call it
 * while a loop exists, and call nothing of the library after it. Does nothing the second time.
 *
 * Thread: one thread, while no other uses the library. Source: libuv docs, "Miscellaneous
 * utilities".
 */
UV_EXTERN void uv_library_shutdown(void);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* UV_ALLOCATOR_H_ */

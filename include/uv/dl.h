/** Shared libraries loaded at run time. */
#ifndef UV_DL_H_
#define UV_DL_H_

#include "uv/types.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A loaded library. */
struct uv_lib_s {
#if defined(_WIN32)
  HMODULE handle;
#else
  void* handle;
#endif
  char* errmsg;
};

/**
 * Loads a shared library; NULL means the program itself (Unix). On failure uv_dlerror() has the
 * text. Call uv_dlclose() in both cases.
 *
 * Thread: any. Errors: -1. Source: libuv docs, "Shared library handling".
 */
UV_EXTERN int uv_dlopen(const char* filename, uv_lib_t* lib);

/**
 * Unloads the library and frees the error text.
 *
 * Thread: any. Source: libuv docs, "Shared library handling".
 */
UV_EXTERN void uv_dlclose(uv_lib_t* lib);

/**
 * The address of a symbol, which may be NULL.
 *
 * Thread: any. Errors: -1 if there is none. Source: libuv docs, "Shared library handling".
 */
UV_EXTERN int uv_dlsym(uv_lib_t* lib, const char* name, void** ptr);

/**
 * The text of the last error of this library, or "no error". Valid until the next call or
 * uv_dlclose().
 *
 * Thread: any. Source: libuv docs, "Shared library handling".
 */
UV_EXTERN const char* uv_dlerror(const uv_lib_t* lib);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* UV_DL_H_ */

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

UV_EXTERN int uv_dlopen(const char* filename, uv_lib_t* lib);
UV_EXTERN void uv_dlclose(uv_lib_t* lib);
UV_EXTERN int uv_dlsym(uv_lib_t* lib, const char* name, void** ptr);
UV_EXTERN const char* uv_dlerror(const uv_lib_t* lib);

#ifdef __cplusplus
}  /* extern "C" */
#endif

#endif  /* UV_DL_H_ */

/** The version of the libuv API that this library offers. */
#ifndef UV_VERSION_H_
#define UV_VERSION_H_

#include "uv/export.h"

#define UV_VERSION_MAJOR 1
#define UV_VERSION_MINOR 52
#define UV_VERSION_PATCH 1
#define UV_VERSION_IS_RELEASE 1
#define UV_VERSION_SUFFIX ""

/** The three numbers in one, comparable with < and >: one byte each, major first. */
#define UV_VERSION_HEX ((UV_VERSION_MAJOR << 16) | (UV_VERSION_MINOR << 8) | UV_VERSION_PATCH)

#ifdef __cplusplus
extern "C" {
#endif

/**
 * The version of the library that is loaded, packed as in UV_VERSION_HEX.
 *
 * Thread: any. Source: libuv docs, "Version-checking macros and functions".
 */
UV_EXTERN unsigned int uv_version(void);

/**
 * The version of the library that is loaded, as text: "1.52.1". Static memory.
 *
 * Thread: any. Source: libuv docs, "Version-checking macros and functions".
 */
UV_EXTERN const char* uv_version_string(void);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* UV_VERSION_H_ */

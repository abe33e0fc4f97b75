/** What differs between platforms: system types, and the words that public structs reserve. */
#ifndef UV_PLATFORM_H_
#define UV_PLATFORM_H_

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32)
#include "uv/platform_windows.h"
#else
#include "uv/platform_posix.h"
#endif

#endif /* UV_PLATFORM_H_ */

/** What differs between platforms: names of system types, and how many words each public struct reserves. */
#ifndef UV_PLATFORM_H_
#define UV_PLATFORM_H_

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32)
#include "uv/platform_windows.h"
#else
#include "uv/platform_posix.h"
#endif

#endif  /* UV_PLATFORM_H_ */

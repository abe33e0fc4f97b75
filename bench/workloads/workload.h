/* What the workloads share beside the talk with the harness. They know C99 and uv.h only, so that
 * each builds on every system and runs on every library. */
#ifndef WORKLOAD_H_
#define WORKLOAD_H_

#include <uv.h>

#include "protocol.h"

/* Ends the program with {"failed": ...} if `status` is an error of libuv. */
void require(int64_t status, const char* what);
void* allocate_zeroed(size_t count, size_t size);

#endif

// The machine's processors.
#pragma once

#include "uv.h"

namespace violet {

// One block of memory for release(). 0 or a negative UV_E*.
int cpu_info(uv_cpu_info_t** infos, int* count);

// Processors worth of threads that this process can keep busy: its affinity and its quota counted
// in. Never 0.
unsigned available_parallelism();

// Over 1, 5 and 15 minutes; zeros when unknown.
void load_average(double averages[3]);

// Seconds since the system started, sleep included.
int uptime(double* seconds);

}  // namespace violet

#include "base/allocator.h"
#include "os/cpu.h"
#include "os/memory.h"
#include "os/process_info.h"
#include "uv.h"

int uv_cpu_info(uv_cpu_info_t** infos, int* count) {
  if (infos == nullptr || count == nullptr) return UV_EINVAL;
  *infos = nullptr;
  *count = 0;
  return violet::cpu_info(infos, count);
}

void uv_free_cpu_info(uv_cpu_info_t* infos, int) {
  violet::release(infos);
}

unsigned int uv_available_parallelism(void) {
  return violet::available_parallelism();
}

void uv_loadavg(double averages[3]) {
  violet::load_average(averages);
}

int uv_uptime(double* seconds) {
  return seconds == nullptr ? UV_EINVAL : violet::uptime(seconds);
}

uint64_t uv_get_free_memory(void) {
  return violet::free_memory();
}

uint64_t uv_get_total_memory(void) {
  return violet::total_memory();
}

uint64_t uv_get_constrained_memory(void) {
  return violet::constrained_memory();
}

uint64_t uv_get_available_memory(void) {
  return violet::available_memory();
}

int uv_resident_set_memory(size_t* size) {
  return size == nullptr ? UV_EINVAL : violet::resident_set_size(size);
}

int uv_getrusage(uv_rusage_t* usage) {
  return usage == nullptr ? UV_EINVAL : violet::process_usage(usage);
}

int uv_getrusage_thread(uv_rusage_t* usage) {
  return usage == nullptr ? UV_EINVAL : violet::thread_usage(usage);
}

int uv_os_uname(uv_utsname_t* name) {
  return name == nullptr ? UV_EINVAL : violet::system_name(name);
}

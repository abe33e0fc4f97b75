#include "os/posix/thread_attributes.h"

#include <sys/resource.h>
#include <unistd.h>

#include <cstdint>

namespace violet {
namespace {

// What threads get when RLIMIT_STACK says nothing usable, and what they always get from C libraries
// whose own default is too small for real programs.
constexpr std::size_t kDefaultStack = 8u << 20;
// FreeBSD calls 2 KiB enough, which its own dynamic linker and allocator hardly fit into.
constexpr std::size_t kMinimumStack = 16u << 10;

std::size_t round_up(std::size_t size, std::size_t unit) {
  return size > SIZE_MAX - unit ? size / unit * unit : (size + unit - 1) / unit * unit;
}

std::size_t minimum_stack_size() {
  long system_minimum = sysconf(_SC_THREAD_STACK_MIN);
  std::size_t minimum = system_minimum > 0 ? static_cast<std::size_t>(system_minimum) : 0;
  return minimum > kMinimumStack ? minimum : kMinimumStack;
}

std::size_t default_stack_size() {
  rlimit limit;
  if (getrlimit(RLIMIT_STACK, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return kDefaultStack;
  std::size_t page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  std::size_t size = static_cast<std::size_t>(limit.rlim_cur) / page * page;
  return size < minimum_stack_size() ? kDefaultStack : size;
}

}  // namespace

std::size_t thread_stack_size(std::size_t requested) {
  if (requested == 0) return default_stack_size();
  std::size_t size = round_up(requested, static_cast<std::size_t>(sysconf(_SC_PAGESIZE)));
  std::size_t minimum = minimum_stack_size();
  return size < minimum ? minimum : size;
}

int create_thread(pthread_t* thread, std::size_t stack_size, void* (*entry)(void*),
                  void* argument) {
  pthread_attr_t attributes;
  int error = pthread_attr_init(&attributes);
  if (error != 0) return error;
  error = pthread_attr_setstacksize(&attributes, thread_stack_size(stack_size));
  if (error == 0) error = pthread_create(thread, &attributes, entry, argument);
  pthread_attr_destroy(&attributes);
  return error;
}

}  // namespace violet

// Interposed: system calls by their number, processes, threads, memory, terminals, look-ups.
#include "interposed.h"

#include <sys/syscall.h>

#include <cstring>

using namespace faults;

namespace {

Function next_syscall() {
  static Function const found = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "syscall"));
  return found;
}

unsigned nature_of(long descriptor) {
  char path[32] = "/proc/self/fd/";
  char* end = path + std::strlen(path);
  char digits[16];
  int count = 0;
  for (long rest = descriptor; rest > 0 || count == 0; rest /= 10)
    digits[count++] = static_cast<char>('0' + rest % 10);
  while (count > 0)
    *end++ = digits[--count];
  *end = '\0';
  char target[64] = "";
  next_syscall()(SYS_readlink, reinterpret_cast<long>(path), reinterpret_cast<long>(target),
                 sizeof(target) - 1, 0, 0, 0);
  auto begins = [&target](const char* with) {
    return std::strncmp(target, with, std::strlen(with)) == 0;
  };
  if (begins("socket:")) return kSockets;
  if (begins("pipe:")) return kPipes;
  if (begins("/dev/pts") || begins("/dev/ptmx") || begins("/dev/tty")) return kTerminals;
  if (begins("anon_inode:")) return kOwnEvents;
  return kFiles;
}

std::size_t kind_of_syscall(long number) {
  switch (number) {
    case SYS_io_uring_enter:
      return kind_named("io_uring_enter");
    case SYS_epoll_pwait2:
      return kind_named("epoll_pwait2");
    case SYS_openat2:
      return kind_named("openat2");
    case SYS_fcntl:
      return kind_named("child.fcntl");
    case SYS_openat:
      return kind_named("child.openat");
    case SYS_dup3:
      return kind_named("child.dup3");
    case SYS_execve:
      return kind_named("child.execve");
    default:
      return kNoKind;
  }
}

}  // namespace

namespace faults {

bool makes_sense(const Kind& kind, long descriptor) {
  for (const KindError& error : kind.errors) {
    if (error.error != planted_error()) continue;
    return error.natures == kAnywhere || (error.natures & nature_of(descriptor)) != 0;
  }
  return false;
}

long failure(const Kind& kind) {
  if (kind.answer == Answer::kError) return planted_error();
  errno = planted_error();
  return kind.answer == Answer::kNull ? 0 : -1;
}

}  // namespace faults

extern "C" {

long call_syscall(long, long, long, long, long, long, long) asm("syscall");
long call_syscall(long number, long a, long b, long c, long d, long e, long f) {
  if (is_of_library(__builtin_return_address(0))) {
    const std::size_t kind = kind_of_syscall(number);
    if (kind != kNoKind && is_due(kind)) {
      errno = planted_error();
      return -1;
    }
    if (number == SYS_io_uring_enter) plant_in_submissions(static_cast<int>(a));
  }
  return next_syscall()(number, a, b, c, d, e, f);
}

INTERPOSED(clone)
INTERPOSED(waitid)
INTERPOSED(waitpid)
INTERPOSED(pthread_create)
INTERPOSED(mmap)
INTERPOSED(madvise)
INTERPOSED(tcgetattr)
INTERPOSED(tcsetattr)
INTERPOSED(ttyname_r)
INTERPOSED(getaddrinfo)
INTERPOSED(getnameinfo)
INTERPOSED(getrandom)

}  // extern "C"

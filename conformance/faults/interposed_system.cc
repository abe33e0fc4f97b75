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

long call_clone(long, long, long, long, long, long, long) asm("clone");
long call_clone(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("clone")>(a, b, c, d, e, f, g);
}

long call_waitid(long, long, long, long, long, long, long) asm("waitid");
long call_waitid(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("waitid")>(a, b, c, d, e, f, g);
}

long call_waitpid(long, long, long, long, long, long, long) asm("waitpid");
long call_waitpid(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("waitpid")>(a, b, c, d, e, f, g);
}

long call_pthread_create(long, long, long, long, long, long, long) asm("pthread_create");
long call_pthread_create(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("pthread_create")>(a, b, c, d, e, f, g);
}

long call_mmap(long, long, long, long, long, long, long) asm("mmap");
long call_mmap(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("mmap")>(a, b, c, d, e, f, g);
}

long call_madvise(long, long, long, long, long, long, long) asm("madvise");
long call_madvise(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("madvise")>(a, b, c, d, e, f, g);
}

long call_tcgetattr(long, long, long, long, long, long, long) asm("tcgetattr");
long call_tcgetattr(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("tcgetattr")>(a, b, c, d, e, f, g);
}

long call_tcsetattr(long, long, long, long, long, long, long) asm("tcsetattr");
long call_tcsetattr(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("tcsetattr")>(a, b, c, d, e, f, g);
}

long call_ttyname_r(long, long, long, long, long, long, long) asm("ttyname_r");
long call_ttyname_r(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("ttyname_r")>(a, b, c, d, e, f, g);
}

long call_getaddrinfo(long, long, long, long, long, long, long) asm("getaddrinfo");
long call_getaddrinfo(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("getaddrinfo")>(a, b, c, d, e, f, g);
}

long call_getnameinfo(long, long, long, long, long, long, long) asm("getnameinfo");
long call_getnameinfo(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("getnameinfo")>(a, b, c, d, e, f, g);
}

long call_getrandom(long, long, long, long, long, long, long) asm("getrandom");
long call_getrandom(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("getrandom")>(a, b, c, d, e, f, g);
}

}  // extern "C"

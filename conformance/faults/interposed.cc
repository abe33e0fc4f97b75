// Functions of the C library as this program sees them: each counts the calls that the library
// under test makes, fails the one that is to fail, and hands on the others. Here they all take
// words and give one back; assembler names keep them from the headers that know better.
#include <dlfcn.h>
#include <sys/syscall.h>

#include <cstdint>
#include <cstring>

#include "injection.h"
#include "kinds.h"
#include "library_range.h"

namespace {

using namespace faults;

using Function = long (*)(long, long, long, long, long, long, long);

template <std::size_t kKind>
Function next_function() {
  static Function const found =
      reinterpret_cast<Function>(dlsym(RTLD_NEXT, kKinds[kKind].name.data()));
  return found;
}

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

template <std::size_t kKind>
[[gnu::always_inline]] inline long interpose(long a, long b, long c, long d, long e, long f,
                                             long g) {
  static_assert(kKind != kNoKind);
  constexpr const Kind& kind = kKinds[kKind];
  const long arguments[] = {a, b, c, d};
  const bool counts = kind.argument < 0 || arguments[kind.argument] == kind.value;
  if (counts && is_of_library(__builtin_return_address(0)) && is_due(kKind) && makes_sense(kind, a))
    return failure(kind);
  return next_function<kKind>()(a, b, c, d, e, f, g);
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

long call_socket(long, long, long, long, long, long, long) asm("socket");
long call_socket(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("socket")>(a, b, c, d, e, f, g);
}

long call_socketpair(long, long, long, long, long, long, long) asm("socketpair");
long call_socketpair(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("socketpair")>(a, b, c, d, e, f, g);
}

long call_pipe2(long, long, long, long, long, long, long) asm("pipe2");
long call_pipe2(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("pipe2")>(a, b, c, d, e, f, g);
}

long call_bind(long, long, long, long, long, long, long) asm("bind");
long call_bind(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("bind")>(a, b, c, d, e, f, g);
}

long call_listen(long, long, long, long, long, long, long) asm("listen");
long call_listen(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("listen")>(a, b, c, d, e, f, g);
}

long call_connect(long, long, long, long, long, long, long) asm("connect");
long call_connect(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("connect")>(a, b, c, d, e, f, g);
}

long call_accept4(long, long, long, long, long, long, long) asm("accept4");
long call_accept4(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("accept4")>(a, b, c, d, e, f, g);
}

long call_getsockname(long, long, long, long, long, long, long) asm("getsockname");
long call_getsockname(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("getsockname")>(a, b, c, d, e, f, g);
}

long call_getpeername(long, long, long, long, long, long, long) asm("getpeername");
long call_getpeername(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("getpeername")>(a, b, c, d, e, f, g);
}

long call_getsockopt(long, long, long, long, long, long, long) asm("getsockopt");
long call_getsockopt(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("getsockopt")>(a, b, c, d, e, f, g);
}

long call_setsockopt(long, long, long, long, long, long, long) asm("setsockopt");
long call_setsockopt(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("setsockopt")>(a, b, c, d, e, f, g);
}

long call_shutdown(long, long, long, long, long, long, long) asm("shutdown");
long call_shutdown(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("shutdown")>(a, b, c, d, e, f, g);
}

long call_read(long, long, long, long, long, long, long) asm("read");
long call_read(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("read")>(a, b, c, d, e, f, g);
}

long call_readv(long, long, long, long, long, long, long) asm("readv");
long call_readv(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("readv")>(a, b, c, d, e, f, g);
}

long call_pread(long, long, long, long, long, long, long) asm("pread");
long call_pread(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("pread")>(a, b, c, d, e, f, g);
}

long call_preadv(long, long, long, long, long, long, long) asm("preadv");
long call_preadv(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("preadv")>(a, b, c, d, e, f, g);
}

long call_preadv2(long, long, long, long, long, long, long) asm("preadv2");
long call_preadv2(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("preadv2")>(a, b, c, d, e, f, g);
}

long call_write(long, long, long, long, long, long, long) asm("write");
long call_write(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("write")>(a, b, c, d, e, f, g);
}

long call_writev(long, long, long, long, long, long, long) asm("writev");
long call_writev(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("writev")>(a, b, c, d, e, f, g);
}

long call_pwrite(long, long, long, long, long, long, long) asm("pwrite");
long call_pwrite(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("pwrite")>(a, b, c, d, e, f, g);
}

long call_pwritev(long, long, long, long, long, long, long) asm("pwritev");
long call_pwritev(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("pwritev")>(a, b, c, d, e, f, g);
}

long call_send(long, long, long, long, long, long, long) asm("send");
long call_send(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("send")>(a, b, c, d, e, f, g);
}

long call_sendmsg(long, long, long, long, long, long, long) asm("sendmsg");
long call_sendmsg(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("sendmsg")>(a, b, c, d, e, f, g);
}

long call_sendmmsg(long, long, long, long, long, long, long) asm("sendmmsg");
long call_sendmmsg(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("sendmmsg")>(a, b, c, d, e, f, g);
}

long call_recvmsg(long, long, long, long, long, long, long) asm("recvmsg");
long call_recvmsg(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("recvmsg")>(a, b, c, d, e, f, g);
}

long call_recvmmsg(long, long, long, long, long, long, long) asm("recvmmsg");
long call_recvmmsg(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("recvmmsg")>(a, b, c, d, e, f, g);
}

long call_epoll_create1(long, long, long, long, long, long, long) asm("epoll_create1");
long call_epoll_create1(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("epoll_create1")>(a, b, c, d, e, f, g);
}

long call_epoll_ctl(long, long, long, long, long, long, long) asm("epoll_ctl");
long call_epoll_ctl(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("epoll_ctl")>(a, b, c, d, e, f, g);
}

long call_epoll_pwait(long, long, long, long, long, long, long) asm("epoll_pwait");
long call_epoll_pwait(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("epoll_pwait")>(a, b, c, d, e, f, g);
}

long call_eventfd(long, long, long, long, long, long, long) asm("eventfd");
long call_eventfd(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("eventfd")>(a, b, c, d, e, f, g);
}

long call_kqueue(long, long, long, long, long, long, long) asm("kqueue");
long call_kqueue(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("kqueue")>(a, b, c, d, e, f, g);
}
long call_kevent(long, long, long, long, long, long, long) asm("kevent");
long call_kevent(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("kevent")>(a, b, c, d, e, f, g);
}
long call_inotify_init1(long, long, long, long, long, long, long) asm("inotify_init1");
long call_inotify_init1(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("inotify_init1")>(a, b, c, d, e, f, g);
}

long call_inotify_add_watch(long, long, long, long, long, long, long) asm("inotify_add_watch");
long call_inotify_add_watch(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("inotify_add_watch")>(a, b, c, d, e, f, g);
}

long call_fcntl(long, long, long, long, long, long, long) asm("fcntl");
long call_fcntl(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("fcntl")>(a, b, c, d, e, f, g);
}

long call_ioctl(long, long, long, long, long, long, long) asm("ioctl");
long call_ioctl(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("ioctl")>(a, b, c, d, e, f, g);
}

long call_poll(long, long, long, long, long, long, long) asm("poll");
long call_poll(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("poll")>(a, b, c, d, e, f, g);
}

long call_open(long, long, long, long, long, long, long) asm("open");
long call_open(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("open")>(a, b, c, d, e, f, g);
}

long call_mkostemp(long, long, long, long, long, long, long) asm("mkostemp");
long call_mkostemp(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("mkostemp")>(a, b, c, d, e, f, g);
}

long call_mkdtemp(long, long, long, long, long, long, long) asm("mkdtemp");
long call_mkdtemp(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("mkdtemp")>(a, b, c, d, e, f, g);
}

long call_mkdir(long, long, long, long, long, long, long) asm("mkdir");
long call_mkdir(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("mkdir")>(a, b, c, d, e, f, g);
}

long call_rmdir(long, long, long, long, long, long, long) asm("rmdir");
long call_rmdir(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("rmdir")>(a, b, c, d, e, f, g);
}

long call_unlink(long, long, long, long, long, long, long) asm("unlink");
long call_unlink(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("unlink")>(a, b, c, d, e, f, g);
}

long call_rename(long, long, long, long, long, long, long) asm("rename");
long call_rename(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("rename")>(a, b, c, d, e, f, g);
}

long call_link(long, long, long, long, long, long, long) asm("link");
long call_link(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("link")>(a, b, c, d, e, f, g);
}

long call_symlink(long, long, long, long, long, long, long) asm("symlink");
long call_symlink(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("symlink")>(a, b, c, d, e, f, g);
}

long call_readlink(long, long, long, long, long, long, long) asm("readlink");
long call_readlink(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("readlink")>(a, b, c, d, e, f, g);
}

long call_realpath(long, long, long, long, long, long, long) asm("realpath");
long call_realpath(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("realpath")>(a, b, c, d, e, f, g);
}

long call_access(long, long, long, long, long, long, long) asm("access");
long call_access(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("access")>(a, b, c, d, e, f, g);
}

long call_chmod(long, long, long, long, long, long, long) asm("chmod");
long call_chmod(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("chmod")>(a, b, c, d, e, f, g);
}

long call_fchmod(long, long, long, long, long, long, long) asm("fchmod");
long call_fchmod(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("fchmod")>(a, b, c, d, e, f, g);
}

long call_fsync(long, long, long, long, long, long, long) asm("fsync");
long call_fsync(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("fsync")>(a, b, c, d, e, f, g);
}

long call_fdatasync(long, long, long, long, long, long, long) asm("fdatasync");
long call_fdatasync(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("fdatasync")>(a, b, c, d, e, f, g);
}

long call_ftruncate(long, long, long, long, long, long, long) asm("ftruncate");
long call_ftruncate(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("ftruncate")>(a, b, c, d, e, f, g);
}

long call_futimens(long, long, long, long, long, long, long) asm("futimens");
long call_futimens(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("futimens")>(a, b, c, d, e, f, g);
}

long call_utimensat(long, long, long, long, long, long, long) asm("utimensat");
long call_utimensat(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("utimensat")>(a, b, c, d, e, f, g);
}

long call_lseek(long, long, long, long, long, long, long) asm("lseek");
long call_lseek(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("lseek")>(a, b, c, d, e, f, g);
}

long call_stat(long, long, long, long, long, long, long) asm("stat");
long call_stat(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("stat")>(a, b, c, d, e, f, g);
}

long call_fstat(long, long, long, long, long, long, long) asm("fstat");
long call_fstat(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("fstat")>(a, b, c, d, e, f, g);
}

long call_fstatat(long, long, long, long, long, long, long) asm("fstatat");
long call_fstatat(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("fstatat")>(a, b, c, d, e, f, g);
}

long call_statx(long, long, long, long, long, long, long) asm("statx");
long call_statx(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("statx")>(a, b, c, d, e, f, g);
}

long call_statfs(long, long, long, long, long, long, long) asm("statfs");
long call_statfs(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("statfs")>(a, b, c, d, e, f, g);
}

long call_fstatfs(long, long, long, long, long, long, long) asm("fstatfs");
long call_fstatfs(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("fstatfs")>(a, b, c, d, e, f, g);
}

long call_openat(long, long, long, long, long, long, long) asm("openat");
long call_openat(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("openat")>(a, b, c, d, e, f, g);
}

long call_fdopendir(long, long, long, long, long, long, long) asm("fdopendir");
long call_fdopendir(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("fdopendir")>(a, b, c, d, e, f, g);
}

long call_opendir(long, long, long, long, long, long, long) asm("opendir");
long call_opendir(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("opendir")>(a, b, c, d, e, f, g);
}

long call_readdir(long, long, long, long, long, long, long) asm("readdir");
long call_readdir(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("readdir")>(a, b, c, d, e, f, g);
}

long call_copy_file_range(long, long, long, long, long, long, long) asm("copy_file_range");
long call_copy_file_range(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("copy_file_range")>(a, b, c, d, e, f, g);
}

long call_sendfile(long, long, long, long, long, long, long) asm("sendfile");
long call_sendfile(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("sendfile")>(a, b, c, d, e, f, g);
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

// What the test programs ask of a system beyond POSIX, under one name: what systems call
// differently, and what only some have. A test that needs what is missing is skipped with the
// reason given here.
#pragma once

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>

#include "socket_flags.h"

#if __has_include(<pthread_np.h>)
#include <pthread_np.h>
#endif

// makedev()
#if __has_include(<sys/sysmacros.h>)
#include <sys/sysmacros.h>
#endif

// openpty()
#if __has_include(<pty.h>)
#include <pty.h>
#elif __has_include(<libutil.h>)
#include <sys/ioctl.h>
#include <termios.h>
// It wants the others first.
#include <libutil.h>
#elif __has_include(<util.h>)
#include <util.h>
#else
// zig's headers of macOS lack that one. From openpty(3).
#include <sys/ioctl.h>
#include <termios.h>
extern "C" int openpty(int* primary, int* secondary, char* name, termios* settings, winsize* size);
#endif

#if defined(__linux__)
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#endif

namespace test_support {

#if defined(MAP_NORESERVE)
inline constexpr int kNoReserve = MAP_NORESERVE;
#else
inline constexpr int kNoReserve = 0;
#endif

// What poll(2) tells when all that a peer sent has come, and its end. Where it has no word for
// that, the last bytes have to do: loopback delivers the end with them.
#if defined(POLLRDHUP)
inline constexpr short kPeerEnded = POLLRDHUP;
#else
inline constexpr short kPeerEnded = POLLIN;
#endif

// What the BSDs keep of a file besides, and others do not. The number of its generation is told to
// root only.
#if defined(__linux__)
inline std::uint64_t flags_of(const struct stat&) {
  return 0;
}
inline std::uint64_t generation_of(const struct stat&) {
  return 0;
}
#else
inline std::uint64_t flags_of(const struct stat& status) {
  return status.st_flags;
}
inline std::uint64_t generation_of(const struct stat& status) {
  return status.st_gen;
}
#endif

#if defined(__APPLE__)
inline timespec accessed(const struct stat& status) {
  return status.st_atimespec;
}
inline timespec modified(const struct stat& status) {
  return status.st_mtimespec;
}
inline timespec changed(const struct stat& status) {
  return status.st_ctimespec;
}
#else
inline timespec accessed(const struct stat& status) {
  return status.st_atim;
}
inline timespec modified(const struct stat& status) {
  return status.st_mtim;
}
inline timespec changed(const struct stat& status) {
  return status.st_ctim;
}
#endif

// 0, or -1 as the system's own calls.
inline int stop_blocking(int descriptor) {
  return fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK);
}

inline int keep_from_programs(int descriptor) {
  return fcntl(descriptor, F_SETFD, FD_CLOEXEC);
}

inline int stop_blocking_both(const int ends[2]) {
  return stop_blocking(ends[0]) == 0 ? stop_blocking(ends[1]) : -1;
}

// Not inherited by programs that are started later.
inline int open_pipe(int ends[2]) {
  if (pipe(ends) != 0) return -1;
  return keep_from_programs(ends[0]) == 0 ? keep_from_programs(ends[1]) : -1;
}

inline int open_nonblocking_pipe(int ends[2]) {
  return open_pipe(ends) == 0 ? stop_blocking_both(ends) : -1;
}

inline int open_nonblocking_sockets(int type, int ends[2]) {
  if (socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, ends) != 0) return -1;
  return stop_blocking_both(ends);
}

// As long as one lives, a write that nobody reads any more raises no signal, or the one that ends
// the process.
class PipeSignal {
 public:
  explicit PipeSignal(void (*action)(int)) : before_(signal(SIGPIPE, action)) {}
  ~PipeSignal() { signal(SIGPIPE, before_); }
  PipeSignal(const PipeSignal&) = delete;
  PipeSignal& operator=(const PipeSignal&) = delete;

 private:
  void (*before_)(int);
};
class NoPipeSignal : PipeSignal {
 public:
  NoPipeSignal() : PipeSignal(SIG_IGN) {}
};
class DeadlyPipeSignal : PipeSignal {
 public:
  DeadlyPipeSignal() : PipeSignal(SIG_DFL) {}
};

// Children that have not been waited for, whether they have ended or not.
inline bool has_children() {
  return waitpid(-1, nullptr, WNOHANG) >= 0 || errno != ECHILD;
}
inline void reap(int pid) {
  waitpid(pid, nullptr, 0);
}

// The number of the copy, which programs that are started later do not inherit.
inline int copy_descriptor_to(int descriptor, int number) {
  if (dup2(descriptor, number) < 0) return -1;
  return keep_from_programs(number) == 0 ? number : -1;
}

// Has the file's blocks read from the disk again, if the system does as it is told.
inline int drop_from_cache(int file) {
#if defined(POSIX_FADV_DONTNEED)
  return posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
#else
  return fsync(file);
#endif
}

// Has no block read before it is asked for.
inline int expect_random_reads(int file) {
#if defined(POSIX_FADV_RANDOM)
  return posix_fadvise(file, 0, 0, POSIX_FADV_RANDOM);
#else
  return fcntl(file, F_GETFD) < 0 ? -1 : 0;
#endif
}

// What limits all memory of a process. On FreeBSD and NetBSD RLIMIT_DATA is about brk(2) only, and
// nothing is on macOS.
#if defined(__linux__)
inline constexpr int kMemoryResources[] = {RLIMIT_AS, RLIMIT_DATA};
#elif defined(__OpenBSD__)
inline constexpr int kMemoryResources[] = {RLIMIT_DATA};
#else
inline constexpr int kMemoryResources[] = {RLIMIT_AS};
#endif
#if defined(__APPLE__)
inline constexpr const char* kNoMemoryLimits = "the system holds no process to its limits";
#else
inline constexpr const char* kNoMemoryLimits = nullptr;
#endif

// The stack of the calling thread.
inline std::size_t current_stack_size() {
#if defined(__APPLE__)
  return pthread_get_stacksize_np(pthread_self());
#elif defined(__OpenBSD__)
  stack_t stack;
  return pthread_stackseg_np(pthread_self(), &stack) == 0 ? stack.ss_size : 0;
#else
  std::size_t size = 0;
  pthread_attr_t attributes;
#if defined(__FreeBSD__)
  pthread_attr_init(&attributes);
  const int error = pthread_attr_get_np(pthread_self(), &attributes);
#else
  const int error = pthread_getattr_np(pthread_self(), &attributes);
#endif
  if (error == 0) pthread_attr_getstacksize(&attributes, &size);
  pthread_attr_destroy(&attributes);
  return size;
#endif
}

// Names the calling thread to getpriority(2); 0 is the calling process.
inline id_t own_priority_id() {
#if defined(__linux__)
  return static_cast<id_t>(gettid());
#else
  return 0;
#endif
}

// The policies under which threads share the time by their nice values.
#if defined(__linux__)
inline constexpr int kSharingPolicies[] = {SCHED_OTHER, SCHED_BATCH, SCHED_IDLE};
#else
inline constexpr int kSharingPolicies[] = {SCHED_OTHER};
#endif

// Nobody but root may raise a priority without this limit.
inline void forbid_raising_priority() {
#if defined(RLIMIT_NICE)
  const rlimit none = {0, 0};
  setrlimit(RLIMIT_NICE, &none);
#endif
}

inline bool set_resource_limit(int resource, std::uint64_t bytes) {
  const rlimit limit = {static_cast<rlim_t>(bytes), RLIM_INFINITY};
#if defined(__GLIBC__)
  return setrlimit(static_cast<__rlimit_resource>(resource), &limit) == 0;
#else
  return setrlimit(resource, &limit) == 0;
#endif
}

// Why the test is skipped on this system; null where it is not.
#if defined(__linux__)
inline constexpr const char* kNoLowStackLimit = nullptr;
inline constexpr const char* kNoPartOfAFullFile = nullptr;
inline constexpr const char* kNoNiceThreads = nullptr;
inline constexpr const char* kNoChosenProcessIds = nullptr;
inline constexpr const char* kNoQuestionsToCaches = nullptr;
#else
// What lies below the limit of the first thread's stack cannot be touched any more, used or not.
inline constexpr const char* kNoLowStackLimit = "a lower limit takes the first thread's stack away";
inline constexpr const char* kNoPartOfAFullFile = "a write beyond the limit is refused as a whole";
inline constexpr const char* kNoNiceThreads = "a nice value belongs to a process here";
inline constexpr const char* kNoChosenProcessIds = "nobody chooses the number of a process here";
inline constexpr const char* kNoQuestionsToCaches = "the system's caches cannot be asked here";
#endif

#if defined(__linux__)
inline bool enter_own_network() {
  return unshare(CLONE_NEWNET) == 0 || unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0;
}

// A child that sleeps and has the number that was asked for; or -1.
inline pid_t start_sleeper(pid_t wanted) {
  struct {
    std::uint64_t flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls;
    std::uint64_t set_tid, set_tid_size, cgroup;
  } arguments = {};
  arguments.exit_signal = SIGCHLD;
  arguments.set_tid = reinterpret_cast<std::uintptr_t>(&wanted);
  arguments.set_tid_size = 1;
  pid_t pid = static_cast<pid_t>(syscall(SYS_clone3, &arguments, sizeof(arguments)));
  while (pid == 0)
    syscall(SYS_pause);
  return pid;
}

// Whether the calls that ask the caches are there. They fail here in any case, for there is no such
// descriptor.
inline bool caches_can_be_asked() {
  auto is_refused = [](long result) { return result < 0 && (errno == ENOSYS || errno == EPERM); };
  struct statx status;
  const open_how how = {};
  return !is_refused(preadv2(-1, nullptr, 0, 0, RWF_NOWAIT)) &&
         !is_refused(syscall(SYS_statx, -1, "", 0, STATX_TYPE, &status)) &&
         !is_refused(syscall(SYS_openat2, -1, "", &how, sizeof(how)));
}
#else
inline bool enter_own_network() {
  return false;
}
inline pid_t start_sleeper(pid_t) {
  return -1;
}
inline bool caches_can_be_asked() {
  return false;
}
#endif

}  // namespace test_support

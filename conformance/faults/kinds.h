// The kinds of calls that can fail, and with which errors.
#pragma once

#include <cerrno>
#include <cstddef>
#include <string>
#include <string_view>

namespace faults {

// On what kinds of descriptors an error makes sense.
enum Nature : unsigned {
  kSockets = 1,
  kPipes = 2,
  kTerminals = 4,
  kFiles = 8,
  kOwnEvents = 16,  // eventfd, inotify
  kAnywhere = 31,
  kStreams = kSockets | kPipes | kTerminals,
};

struct KindError {
  int error = 0;
  unsigned natures = kAnywhere;
};

// How a function says that it failed.
enum class Answer : unsigned char { kMinusOne, kNull, kError };

struct Kind {
  std::string_view name;
  Answer answer;
  // The first of them is that of the short form.
  KindError errors[6];
  // Of the arguments, the one with this number must have this value; -1: any may have any.
  int argument = -1;
  long value = 0;
};

// getaddrinfo(3) and getnameinfo(3) answer with these.
inline constexpr int kNamesMemory = -10;
inline constexpr int kNamesAgain = -3;

inline constexpr Kind kKinds[] = {
    {"allocate", Answer::kNull, {{ENOMEM}}},
    {"socket", Answer::kMinusOne, {{EMFILE}, {ENOMEM}, {EACCES}}},
    {"socketpair", Answer::kMinusOne, {{EMFILE}, {ENOMEM}}},
    {"pipe2", Answer::kMinusOne, {{EMFILE}, {ENFILE}}},
    {"bind", Answer::kMinusOne, {{ENOMEM}, {EADDRINUSE}}},
    {"listen", Answer::kMinusOne, {{EADDRINUSE}}},
    {"connect", Answer::kMinusOne, {{EAGAIN}, {ENOMEM}, {EADDRNOTAVAIL}}},
    {"accept4", Answer::kMinusOne, {{EMFILE}, {EINTR}, {EAGAIN}, {ENOMEM}, {ECONNABORTED}}},
    {"getsockname", Answer::kMinusOne, {{ENOBUFS}}},
    {"getpeername", Answer::kMinusOne, {{ENOBUFS}}},
    {"getsockopt", Answer::kMinusOne, {{ENOMEM}}},
    {"setsockopt", Answer::kMinusOne, {{ENOMEM}}},
    {"shutdown", Answer::kMinusOne, {{ENOBUFS}}},
    {"read",
     Answer::kMinusOne,
     {{EIO, kFiles | kTerminals}, {EINTR}, {EAGAIN, kStreams}, {ENOMEM, kStreams}}},
    {"readv", Answer::kMinusOne, {{EIO}, {EINTR}}},
    {"pread", Answer::kMinusOne, {{EIO}, {EINTR}}},
    {"preadv", Answer::kMinusOne, {{EIO}, {EINTR}}},
    {"preadv2", Answer::kMinusOne, {{EAGAIN}, {EIO}, {EINTR}, {EOPNOTSUPP}}},
    {"write",
     Answer::kMinusOne,
     {{ENOSPC, kFiles}, {EIO, kFiles | kTerminals}, {EINTR}, {EAGAIN, kStreams}}},
    {"writev",
     Answer::kMinusOne,
     {{ENOSPC, kFiles}, {EIO, kFiles | kTerminals}, {EINTR}, {EAGAIN, kStreams}}},
    {"pwrite", Answer::kMinusOne, {{ENOSPC}, {EIO}, {EINTR}}},
    {"pwritev", Answer::kMinusOne, {{ENOSPC}, {EIO}, {EINTR}}},
    {"send", Answer::kMinusOne, {{ENOBUFS}, {EAGAIN}, {EINTR}, {ECONNRESET}}},
    {"sendmsg", Answer::kMinusOne, {{ENOBUFS}, {EAGAIN}, {EINTR}, {ECONNRESET}}},
    {"sendmmsg", Answer::kMinusOne, {{ENOBUFS}, {EAGAIN}, {EINTR}}},
    {"recvmsg", Answer::kMinusOne, {{ENOMEM}, {EAGAIN}, {EINTR}, {ECONNRESET}}},
    {"recvmmsg", Answer::kMinusOne, {{ENOMEM}, {EAGAIN}, {EINTR}}},
    {"epoll_create1", Answer::kMinusOne, {{EMFILE}, {ENOMEM}}},
    {"epoll_ctl", Answer::kMinusOne, {{ENOMEM}, {ENOSPC}}, 1, 1 /* EPOLL_CTL_ADD */},
    {"epoll_pwait", Answer::kMinusOne, {{EINTR}}},
    {"epoll_pwait2", Answer::kMinusOne, {{EINTR}}},
    // Where the engine for the BSDs runs on Linux (tests/kqueue_on_linux). An interrupted call has
    // applied its changes, so only one without changes can fail without being made.
    {"kqueue", Answer::kMinusOne, {{EMFILE}, {ENOMEM}}},
    {"kevent", Answer::kMinusOne, {{EINTR}}, 2, 0},
    {"eventfd", Answer::kMinusOne, {{EMFILE}, {ENOMEM}}},
    {"inotify_init1", Answer::kMinusOne, {{EMFILE}, {ENOMEM}}},
    {"inotify_add_watch", Answer::kMinusOne, {{ENOSPC}, {ENOMEM}}},
    {"fcntl", Answer::kMinusOne, {{EMFILE}}, 1, 1030 /* F_DUPFD_CLOEXEC */},
    {"ioctl", Answer::kMinusOne, {{EIO}}},
    {"poll", Answer::kMinusOne, {{EINTR}, {ENOMEM}}},
    {"open", Answer::kMinusOne, {{EMFILE}, {ENOMEM}, {EINTR}, {EIO}}},
    {"openat2", Answer::kMinusOne, {{EAGAIN}, {EMFILE}, {EIO}}},
    {"mkostemp", Answer::kMinusOne, {{EMFILE}}},
    {"mkdtemp", Answer::kNull, {{ENOSPC}}},
    {"mkdir", Answer::kMinusOne, {{ENOSPC}}},
    {"rmdir", Answer::kMinusOne, {{EIO}}},
    {"unlink", Answer::kMinusOne, {{EIO}}},
    {"rename", Answer::kMinusOne, {{ENOSPC}}},
    {"link", Answer::kMinusOne, {{ENOSPC}}},
    {"symlink", Answer::kMinusOne, {{ENOSPC}}},
    {"readlink", Answer::kMinusOne, {{EIO}, {ENOMEM}}},
    {"realpath", Answer::kNull, {{ENOMEM}, {EIO}}},
    {"access", Answer::kMinusOne, {{EIO}}},
    {"chmod", Answer::kMinusOne, {{EIO}}},
    {"fchmod", Answer::kMinusOne, {{EIO}}},
    {"fsync", Answer::kMinusOne, {{EIO}, {EINTR}, {ENOSPC}}},
    {"fdatasync", Answer::kMinusOne, {{EIO}}},
    {"ftruncate", Answer::kMinusOne, {{EIO}, {EINTR}}},
    {"futimens", Answer::kMinusOne, {{EIO}}},
    {"utimensat", Answer::kMinusOne, {{EIO}}},
    {"lseek", Answer::kMinusOne, {{EIO}}},
    {"stat", Answer::kMinusOne, {{ENOMEM}}},
    {"fstat", Answer::kMinusOne, {{ENOMEM}}},
    {"fstatat", Answer::kMinusOne, {{ENOMEM}}},
    {"statx", Answer::kMinusOne, {{ENOMEM}, {EAGAIN}}},
    {"statfs", Answer::kMinusOne, {{ENOMEM}, {EINTR}}},
    {"fstatfs", Answer::kMinusOne, {{ENOMEM}, {EINTR}}},
    {"openat", Answer::kMinusOne, {{EMFILE}, {EIO}}},
    {"fdopendir", Answer::kNull, {{ENOMEM}}},
    {"opendir", Answer::kNull, {{EMFILE}, {ENOMEM}}},
    {"readdir", Answer::kNull, {{EIO}}},
    {"copy_file_range", Answer::kMinusOne, {{ENOSPC}, {EIO}, {ENOMEM}, {EXDEV}}},
    {"sendfile", Answer::kMinusOne, {{EIO}, {ENOMEM}, {EINTR}}},
    {"clone", Answer::kMinusOne, {{EAGAIN}, {ENOMEM}}},
    {"waitid", Answer::kMinusOne, {{EINTR}}},
    {"waitpid", Answer::kMinusOne, {{EINTR}}},
    {"child.fcntl", Answer::kMinusOne, {{EMFILE}}},
    {"child.openat", Answer::kMinusOne, {{EMFILE}}},
    {"child.dup3", Answer::kMinusOne, {{EINTR}, {EMFILE}}},
    {"child.execve", Answer::kMinusOne, {{ENOMEM}}},
    {"pthread_create", Answer::kError, {{EAGAIN}}},
    {"mmap", Answer::kMinusOne, {{ENOMEM}}},
    {"madvise", Answer::kMinusOne, {{EAGAIN}}},
    {"tcgetattr", Answer::kMinusOne, {{EIO}}},
    {"tcsetattr", Answer::kMinusOne, {{EIO}, {EINTR}}},
    {"ttyname_r", Answer::kError, {{EMFILE}}},
    {"getaddrinfo", Answer::kError, {{kNamesMemory}, {kNamesAgain}}},
    {"getnameinfo", Answer::kError, {{kNamesMemory}, {kNamesAgain}}},
    {"getrandom", Answer::kMinusOne, {{EINTR}, {ENOSYS}, {EAGAIN}}},
    {"io_uring_enter", Answer::kMinusOne, {{EINTR}, {EAGAIN}, {EBUSY}, {ENOMEM}}},
    {"uring.recv", Answer::kError, {{ENOMEM}, {ENOBUFS}, {EINTR}, {EAGAIN}, {ECONNRESET}}},
    {"uring.recvmsg", Answer::kError, {{ENOMEM}, {ENOBUFS}, {EINTR}, {EAGAIN}}},
    {"uring.send", Answer::kError, {{ENOMEM}, {EAGAIN}, {EINTR}, {ECONNRESET}}},
    {"uring.sendmsg", Answer::kError, {{ENOMEM}, {EAGAIN}, {EINTR}, {ECONNRESET}}},
    {"uring.accept", Answer::kError, {{EMFILE}, {ENOMEM}, {EINTR}, {EAGAIN}, {ECONNABORTED}}},
    {"uring.poll", Answer::kError, {{ENOMEM}}},
    {"uring.read", Answer::kError, {{EIO}, {EINTR}, {EAGAIN}, {ENOMEM}}},
    {"uring.readv", Answer::kError, {{EIO}, {EINTR}, {EAGAIN}, {ENOMEM}}},
    {"uring.cancel", Answer::kError, {{ENOMEM}}},
};

inline constexpr std::size_t kKindCount = sizeof(kKinds) / sizeof(kKinds[0]);
inline constexpr std::size_t kNoKind = kKindCount;

constexpr std::size_t kind_named(std::string_view name) {
  for (std::size_t i = 0; i < kKindCount; ++i) {
    if (kKinds[i].name == name) return i;
  }
  return kNoKind;
}

inline constexpr std::size_t kAllocationKind = kind_named("allocate");

}  // namespace faults

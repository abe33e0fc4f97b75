// What the tests know of the systems they run on: where one does another thing than the rest, and
// what only some have. A test that needs what is missing is skipped with the reason.
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <uv.h>

#include <cstdint>
#include <cstdlib>
#include <string>

#if defined(__APPLE__) || defined(__FreeBSD__) || defined(__NetBSD__)
#include <netinet/tcp.h>
#endif

namespace conformance {

#ifdef __linux__
inline constexpr bool kIsLinux = true;
#else
inline constexpr bool kIsLinux = false;
#endif

// A pair of local sockets of a type that there is not.
inline constexpr int kUnknownSocketType = kIsLinux ? UV_EINVAL : UV_EPROTOTYPE;
// open(2) of a symbolic link with O_NOFOLLOW: EMLINK is FreeBSD's word for it, EFTYPE NetBSD's.
inline bool is_unfollowed_link(std::int64_t error) {
  return error == UV_ELOOP || (!kIsLinux && (error == UV_EMLINK || error == UV_EFTYPE));
}
#if defined(_WIN32)
inline constexpr bool kIsWindows = true;
inline constexpr bool kHasGroups = false;
// Takes all that is written to it, and reads as empty.
inline constexpr const char* kNullDevice = "NUL";
// A signal that can be caught, and that nobody else uses.
inline constexpr int kSomeSignal = SIGHUP;
#else
inline constexpr bool kIsWindows = false;
inline constexpr bool kHasGroups = true;
inline constexpr const char* kNullDevice = "/dev/null";
inline constexpr int kSomeSignal = SIGUSR1;
#endif

// TCP's option that holds the seconds before the first keep-alive probe; 0 where a socket has none
// of its own.
#if defined(__APPLE__)
inline constexpr int kKeepIdle = TCP_KEEPALIVE;
#elif defined(__FreeBSD__) || defined(__NetBSD__)
inline constexpr int kKeepIdle = TCP_KEEPIDLE;
#elif defined(__OpenBSD__)
inline constexpr int kKeepIdle = 0;
#else
inline constexpr int kKeepIdle = kIsWindows ? 3 : 4;
#endif

// A number that names nothing that is open, where a socket is wanted.
inline constexpr int kNoSuchSocket = kIsWindows ? UV_ENOTSOCK : UV_EBADF;
// Whether uv_pipe_open() takes a socket.
inline constexpr bool kPipesTakeSockets = !kIsWindows;
// What a terminal's handle says of a descriptor that is no terminal.
inline constexpr int kNoTerminal = kIsWindows ? UV_EBADF : UV_EINVAL;
// SIGKILL, which cannot be caught, may be watched all the same on Windows.
inline constexpr int kWatchedKill = kIsWindows ? 0 : UV_EINVAL;
// A file, which a handle is to watch for readiness.
inline constexpr int kPolledFile = kIsWindows ? UV_ENOTSOCK : UV_EPERM;
// Writing to a connection that the peer has reset, which reading has told.
inline bool is_write_after_reset(int error) {
  return error == UV_EPIPE || (kIsWindows && error == UV_ECONNRESET);
}

// A path that has a file where a folder would have to be.
inline constexpr int kBelowAFile = kIsWindows ? UV_ENOENT : UV_ENOTDIR;
// What uv_key_create() says when a process has as many as there may be.
inline constexpr int kNoMoreKeys = kIsWindows ? UV_ENOMEM : UV_EAGAIN;
// unlink(2) of a folder.
inline constexpr int kUnlinkedFolder = kIsLinux ? UV_EISDIR : UV_EPERM;
// connect(2) to a local socket whose backlog is full.
inline constexpr int kFullBacklog = kIsLinux ? UV_EAGAIN : UV_ECONNREFUSED;

// Writing to a TCP socket that was never connected.
inline bool is_never_connected(int error) {
  return error == (kIsLinux ? UV_EPIPE : UV_ENOTCONN);
}
// Connecting a pipe to a folder. Who may not write to it hears of that first; BSDs say what it is
// not.
inline bool is_no_listener(int error) {
  return error == UV_ECONNREFUSED || error == UV_EACCES || error == UV_ENOTSOCK ||
         (kIsWindows && error == UV_EPERM);
}
// A terminal whose other side is gone.
inline bool is_gone_terminal(int error) {
  return error == UV_EIO || (!kIsLinux && error == UV_ENXIO);
}

// A regular file that everybody may read, and that is never written.
inline constexpr const char* kSomeFile = kIsWindows ? "C:\\windows\\system32\\cmd.exe" : "/bin/sh";

// A folder that is always there, and no link; as programs that are in it call it.
inline constexpr const char* kSomeFolder = kIsWindows ? "C:\\windows" : "/usr";

// A symbolic link that is always there, if any is.
inline constexpr const char* kSomeLink = kIsLinux     ? "/proc/self/exe"
                                         : kIsWindows ? nullptr
                                                      : "/dev/stdin";

// Linux's /proc; FreeBSD's, where it is mounted, has other files of the same names.
inline bool has_process_files() {
  return kIsLinux && access("/proc/self/status", F_OK) == 0;
}

#if defined(_WIN32)
inline bool goes_both_ways(int) {
  return false;
}
#else
// On FreeBSD both ends of a pipe are read and written.
inline bool goes_both_ways(int pipe_end) {
  return (fcntl(pipe_end, F_GETFL) & O_ACCMODE) == O_RDWR;
}
#endif

// On Windows a handle may take the descriptor of the C library with it or leave it behind; one that
// is left counts as open again when somebody else's handle has its number.
inline constexpr bool kDescriptorsTellOfLeaks = !kIsWindows;

// Of this process. A test opens few, and the lowest that are free.
inline int count_open_descriptors() {
  constexpr int kEnd = 4096;
  int count = 0;
  for (int descriptor = 0; descriptor < kEnd; ++descriptor) {
    if (fcntl(descriptor, F_GETFD) >= 0) ++count;
  }
  return count;
}

// A shell's way to tell which descriptors it has inherited behind the standard ones.
inline constexpr const char* kListInherited =
    "n=3; while [ $n -lt 64 ]; do (true <&$n) 2>/dev/null && echo $n; n=$((n+1)); done; true";

// Gives a local socket a path that nobody has; empty when it cannot. Whoever calls it unlinks it.
inline std::string bind_to_new_path(int socket) {
  char folder[256];
  std::size_t size = sizeof(folder);
  static int number = 0;
  if (uv_os_tmpdir(folder, &size) != 0) return {};
  const std::string path =
      std::string(folder) + "/violet-" + std::to_string(getpid()) + "-" + std::to_string(++number);
  sockaddr_un address = {};
  if (path.size() >= sizeof(address.sun_path)) return {};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, path.size());
  unlink(path.c_str());
  const int error = bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof(address));
  return error == 0 ? path : std::string();
}

// The BSDs send and keep datagrams of up to some kilobytes, unless they are told otherwise.
inline void make_room_for_large_datagrams(uv_udp_t& udp) {
  if (kIsLinux) return;
  for (auto set : {uv_send_buffer_size, uv_recv_buffer_size}) {
    int size = 1 << 19;
    set(reinterpret_cast<uv_handle_t*>(&udp), &size);
  }
}

}  // namespace conformance

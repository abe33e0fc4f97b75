#include "os/bsd/spawn_child.h"

#include <fcntl.h>
#include <grp.h>
#include <unistd.h>

#include "os/bsd/child_signals.h"
#include "os/posix/child_steps.h"

namespace violet {
namespace {

// These systems know a user and group of the process alone, so the C library's functions are the
// system calls themselves.
struct LibraryCalls {
  static void reset_signals() { reset_child_signals(); }
  static void unblock_signals() { unblock_child_signals(); }
  static long control(int number, int command, long argument) {
    return fcntl(number, command, static_cast<int>(argument));
  }
  static long open(const char* path, int flags) { return ::open(path, flags); }
  static long place(int source, int number) { return dup2(source, number); }
  static void close(int number) { ::close(number); }
  static void write(int number, const void* bytes, std::size_t size) {
    // A parent that does not hear of it is no more.
    [[maybe_unused]] const ssize_t written = ::write(number, bytes, size);
  }
  static void lead_session() { setsid(); }
  static long enter(const char* directory) { return chdir(directory); }
  static void drop_groups() { [[maybe_unused]] const int result = setgroups(0, nullptr); }
  static long set_group(gid_t group) { return setgid(group); }
  static long set_user(uid_t user) { return setuid(user); }
  static void execute(const char* path, char* const* arguments, char* const* environment) {
    execve(path, arguments, environment);
  }
  [[noreturn]] static void exit(int status) { _exit(status); }
};

}  // namespace

void run_child(ChildStart& start) {
  ChildSteps<LibraryCalls>::run(start);
  _exit(0);
}

}  // namespace violet

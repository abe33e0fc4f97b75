// Children of posix_spawn(2), a system call here, whose cost does not grow with the parent. What it
// cannot express is done by fork(2): another user or group, and a program whose path depends on the
// child's directory.
#include "os/spawn.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/spawn.h>
#include <unistd.h>

#include <cerrno>

#include "base/array.h"
#include "base/error.h"
#include "os/bsd/spawn_child.h"
#include "os/posix/child_end.h"
#include "os/posix/environment_block.h"
#include "os/posix/start_failure.h"
#include "os/signal_actions.h"

namespace violet {
namespace {

// What the child is to be like, as posix_spawn(2) takes it. Each function: 0 or an errno.
class Attributes {
 public:
  Attributes() { is_ready_ = posix_spawnattr_init(&attributes_) == 0; }
  ~Attributes() {
    if (is_ready_) posix_spawnattr_destroy(&attributes_);
  }
  Attributes(const Attributes&) = delete;
  Attributes& operator=(const Attributes&) = delete;

  int prepare(const SpawnPlan& plan) {
    if (!is_ready_) return ENOMEM;
    sigset_t all, none;
    sigfillset(&all);
    // These two have no other action.
    sigdelset(&all, SIGKILL);
    sigdelset(&all, SIGSTOP);
    sigemptyset(&none);
    int error = posix_spawnattr_setsigdefault(&attributes_, &all);
    if (error == 0) error = posix_spawnattr_setsigmask(&attributes_, &none);
    int flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK;
    if (plan.new_session) flags |= POSIX_SPAWN_SETSID;
    if (error == 0) error = posix_spawnattr_setflags(&attributes_, static_cast<short>(flags));
    return error;
  }
  const posix_spawnattr_t* get() const { return &attributes_; }

 private:
  posix_spawnattr_t attributes_;
  bool is_ready_;
};

// The child's descriptors and its directory. Each function: 0 or an errno.
class FileActions {
 public:
  FileActions() { is_ready_ = posix_spawn_file_actions_init(&actions_) == 0; }
  ~FileActions() {
    if (is_ready_) posix_spawn_file_actions_destroy(&actions_);
    for (std::size_t i = 0; i < moved_.size(); ++i)
      close_descriptor(moved_[i]);
  }
  FileActions(const FileActions&) = delete;
  FileActions& operator=(const FileActions&) = delete;

  int prepare(const SpawnPlan& plan) {
    if (!is_ready_) return ENOMEM;
    for (int number = 0; number < plan.descriptor_count; ++number) {
      if (int error = add_descriptor(plan, number); error != 0) return error;
    }
    return plan.directory == nullptr ? 0 : add_directory(plan.directory);
  }
  const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  int add_descriptor(const SpawnPlan& plan, int number) {
    const Descriptor wanted = plan.descriptors[number];
    if (!wanted.is_open()) return number > STDERR_FILENO ? 0 : add_null_device(number);
    // Few programs expect standard streams that do not block. It is the open file's, not the
    // number's.
    if (number <= STDERR_FILENO && (plan.non_blocking >> number & 1) == 0) {
      if (int error = make_blocking(wanted.native()); error != 0) return error;
    }
    int source = wanted.native();
    if (source == number) return posix_spawn_file_actions_addinherit_np(&actions_, number);
    // One that lies where another one has to go moves out of the way first.
    if (source < plan.descriptor_count) {
      if (int error = move_away(plan.descriptor_count, source); error != 0) return error;
    }
    return posix_spawn_file_actions_adddup2(&actions_, source, number);
  }

  int move_away(int first_free, int& source) {
    if (!moved_.reserve_one_more()) return ENOMEM;
    const int copy = fcntl(source, F_DUPFD_CLOEXEC, first_free);
    if (copy < 0) return errno;
    moved_.push_back(Descriptor::of(copy));
    source = copy;
    return 0;
  }

  static int make_blocking(int number) {
    const int flags = fcntl(number, F_GETFL);
    if (flags < 0) return errno;
    if ((flags & O_NONBLOCK) == 0) return 0;
    return fcntl(number, F_SETFL, flags & ~O_NONBLOCK) < 0 ? errno : 0;
  }

  int add_null_device(int number) {
    return posix_spawn_file_actions_addopen(&actions_, number, "/dev/null",
                                            number == 0 ? O_RDONLY : O_RDWR, 0);
  }

  // The name of before POSIX had one, for systems of that time.
  int add_directory(const char* directory) {
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wdeprecated-declarations"
    return posix_spawn_file_actions_addchdir_np(&actions_, directory);
#pragma clang diagnostic pop
  }

  posix_spawn_file_actions_t actions_;
  bool is_ready_;
  Array<Descriptor> moved_;
};

bool says_nothing_of_others(int error) {
  return error == ENOENT || error == ENOTDIR || error == ESTALE || error == ENODEV ||
         error == ETIMEDOUT;
}

// As execvp(3): an unsuitable file in one directory does not end the search. 0 or an errno.
int spawn_first(ChildStart& start, const FileActions& actions, const Attributes& attributes,
                Child& child) {
  int outcome = ENOENT;
  while (const char* path = start.search->next()) {
    int error = posix_spawn(&child.pid, path, actions.get(), attributes.get(),
                            start.plan->arguments, start.environment);
    if (error == ENOEXEC) {
      error = posix_spawn(&child.pid, "/bin/sh", actions.get(), attributes.get(),
                          start.search->script_arguments(), start.environment);
    }
    if (error == EACCES) {
      outcome = EACCES;
    } else if (!says_nothing_of_others(error)) {
      return error;
    } else if (outcome != EACCES) {
      outcome = error;
    }
  }
  return outcome;
}

int spawn_at_once(ChildStart& start, Child& child) {
  Attributes attributes;
  FileActions actions;
  int error = attributes.prepare(*start.plan);
  if (error == 0) error = actions.prepare(*start.plan);
  if (error == 0) error = spawn_first(start, actions, attributes, child);
  return error_from_errno(error);
}

int fork_child(ChildStart& start, Child& child) {
  // A handler of ours must not run in the child.
  SignalsBlocked blocked;
  const pid_t pid = fork();
  if (pid < 0) return last_error();
  if (pid == 0) run_child(start);
  child.pid = pid;
  return 0;
}

int spawn_by_fork(ChildStart& start, Child& child) {
  StartFailure failure(true);
  if (int error = failure.prepare(start.plan->descriptor_count); error != 0) return error;
  start.failure_pipe = failure.child_end();
  if (int error = fork_child(start, child); error != 0) return error;
  const int error = failure.wait(start, child.pid);
  if (error != 0) wait_for_end(child);
  return error;
}

bool needs_fork(const SpawnPlan& plan, const ProgramSearch& search) {
  if (plan.set_user || plan.set_group || wants_fork()) return true;
  return plan.directory != nullptr && search.depends_on_directory();
}

}  // namespace

int spawn(const SpawnPlan& plan, Child& child) {
  char* const* environment = plan.environment == nullptr ? environment_block() : plan.environment;
  ProgramSearch search;
  if (!search.prepare(plan.file, plan.arguments, environment)) return UV_ENOMEM;
  ChildStart start = {&plan, &search, environment, -1, false, 0};
  return needs_fork(plan, search) ? spawn_by_fork(start, child) : spawn_at_once(start, child);
}

bool reap(const Child& child, ExitStatus& exit) {
  return reap_by_pid(child.pid, exit);
}

}  // namespace violet

// What a child does between its birth and its program. It may share its parent's memory and borrow
// the thread that waits for it, so it makes system calls and nothing else: no lock, no allocation,
// and no C library function with state of its own.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "os/posix/child_start.h"

// The sanitizers' bookkeeping belongs to the parent.
#define VIOLET_IN_CHILD __attribute__((no_sanitize("address", "thread", "undefined")))

namespace violet {

// `Calls` are the system calls, as functions that are safe to call here. Those with a result give a
// negative number and set errno when they fail.
template <typename Calls>
class ChildSteps {
 public:
  // Does not return where the program starts, nor where it does not.
  VIOLET_IN_CHILD static int run(ChildStart& start) {
    start.was_born = true;
    // Ignored signals too: what the parent ignores is its own affair. No handler of the parent may
    // run here, so this comes before anything is unblocked.
    Calls::reset_signals();
    if (prepare(*start.plan)) {
      Calls::unblock_signals();
      start.error = execute(start);
    } else {
      start.error = errno;
    }
    const int error = start.error;
    if (start.failure_pipe >= 0) Calls::write(start.failure_pipe, &error, sizeof(error));
    Calls::exit(kFailedToStart);
    return kFailedToStart;
  }

 private:
  static constexpr int kFailedToStart = 127;

  VIOLET_IN_CHILD static bool failed(long result) { return result < 0; }

  VIOLET_IN_CHILD static bool make_blocking(int number) {
    const long flags = Calls::control(number, F_GETFL, 0);
    if (failed(flags)) return false;
    if ((flags & O_NONBLOCK) == 0) return true;
    return !failed(Calls::control(number, F_SETFL, flags & ~static_cast<long>(O_NONBLOCK)));
  }

  // The number inside, without a call of code that the sanitizers have been at.
  VIOLET_IN_CHILD static int& number_of(Descriptor& descriptor) {
    return reinterpret_cast<int&>(descriptor);
  }

  // A source that lies where another one has to go moves out of the way first.
  VIOLET_IN_CHILD static bool move_sources_away(const SpawnPlan& plan) {
    for (int i = 0; i < plan.descriptor_count; ++i) {
      int& source = number_of(plan.descriptors[i]);
      if (source < 0 || source >= plan.descriptor_count || source == i) continue;
      long moved = Calls::control(source, F_DUPFD_CLOEXEC, plan.descriptor_count);
      if (failed(moved)) return false;
      source = static_cast<int>(moved);
    }
    return true;
  }

  VIOLET_IN_CHILD static bool open_null_device(int number) {
    long opened = Calls::open("/dev/null", number == 0 ? O_RDONLY : O_RDWR);
    if (failed(opened)) return false;
    if (opened == number) return true;
    const bool placed = !failed(Calls::place(static_cast<int>(opened), number));
    Calls::close(static_cast<int>(opened));
    return placed;
  }

  VIOLET_IN_CHILD static bool place_descriptor(const SpawnPlan& plan, int number) {
    const int source = number_of(plan.descriptors[number]);
    if (source < 0) return number > STDERR_FILENO || open_null_device(number);
    if (source == number) {
      if (failed(Calls::control(number, F_SETFD, 0))) return false;
    } else if (failed(Calls::place(source, number))) {
      return false;
    }
    // Few programs expect standard streams that do not block.
    if (number > STDERR_FILENO || (plan.non_blocking >> number & 1) != 0) return true;
    return make_blocking(number);
  }

  VIOLET_IN_CHILD static bool place_descriptors(const SpawnPlan& plan) {
    if (!move_sources_away(plan)) return false;
    for (int i = 0; i < plan.descriptor_count; ++i) {
      if (!place_descriptor(plan, i)) return false;
    }
    return true;
  }

  VIOLET_IN_CHILD static bool change_identity(const SpawnPlan& plan) {
    // A failure is ignored: without the privilege the groups cannot be dropped, but then they give
    // no rights that the process should lose either.
    if (plan.set_user || plan.set_group) Calls::drop_groups();
    if (plan.set_group && failed(Calls::set_group(plan.group))) return false;
    return !plan.set_user || !failed(Calls::set_user(plan.user));
  }

  VIOLET_IN_CHILD static bool prepare(const SpawnPlan& plan) {
    if (plan.new_session) Calls::lead_session();
    if (!place_descriptors(plan)) return false;
    if (plan.directory != nullptr && failed(Calls::enter(plan.directory))) return false;
    return change_identity(plan);
  }

  // As execvp(3): an unsuitable file in one directory does not end the search. Returns what is
  // wrong.
  VIOLET_IN_CHILD static int execute(ChildStart& start) {
    int outcome = ENOENT;
    while (const char* path = start.search->next()) {
      Calls::execute(path, start.plan->arguments, start.environment);
      if (errno == ENOEXEC) {
        Calls::execute("/bin/sh", start.search->script_arguments(), start.environment);
      }
      switch (errno) {
        case EACCES:
          outcome = EACCES;
          break;
        case ENOENT:
        case ENOTDIR:
        case ESTALE:
        case ENODEV:
        case ETIMEDOUT:
          if (outcome != EACCES) outcome = errno;
          break;
        default:
          return errno;
      }
    }
    return outcome;
  }
};

}  // namespace violet

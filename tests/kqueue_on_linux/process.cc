// EVFILT_PROC with NOTE_EXIT, by a pidfd.
#include <sys/epoll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

#include "filter.h"

namespace kqueue_on_linux {
namespace {

constexpr unsigned int kPidfdOf = 3;  // P_PIDFD, which older C libraries lack.

// The status as wait(2) has it; 0 when it is not our child's.
std::int64_t wait_status(int process) {
  siginfo_t info = {};
  if (waitid(static_cast<idtype_t>(kPidfdOf), static_cast<id_t>(process), &info,
             WEXITED | WNOHANG | WNOWAIT) != 0) {
    return 0;
  }
  if (info.si_code == CLD_EXITED) return info.si_status << 8;
  return info.si_status | (info.si_code == CLD_DUMPED ? 0x80 : 0);
}

bool has_ended(int process) {
  siginfo_t info = {};
  return waitid(static_cast<idtype_t>(kPidfdOf), static_cast<id_t>(process), &info,
                WEXITED | WNOHANG | WNOWAIT) == 0 &&
         info.si_pid != 0;
}

int attach(Queue& queue, Registration& registration) {
  const int process =
      static_cast<int>(syscall(SYS_pidfd_open, static_cast<pid_t>(registration.ident), 0u));
  if (process < 0) return errno == EINVAL ? ESRCH : errno;
  const bool refused =
      is_taken_away("children") || (has_ended(process) && is_taken_away("zombies"));
  if (refused) {
    syscall(SYS_close, process);
    return ESRCH;
  }
  registration.process = process;
  if (is_taken_away("punctuality")) registration.happened = NOTE_EXIT;
  return add_to_epoll(queue, process, EPOLLIN | EPOLLET, Source::kProcess,
                      static_cast<std::uint32_t>(registration.ident));
}

void detach(Queue&, Registration& registration) {
  if (registration.process >= 0) syscall(SYS_close, registration.process);
  registration.process = -1;
}

bool holds(Registration& registration, struct kevent& event) {
  const unsigned int told = registration.happened & registration.wanted;
  if (told == 0) return false;
  event.flags |= EV_EOF | EV_ONESHOT;
  event.fflags = told;
  event.data = registration.data;
  return true;
}

}  // namespace

const Filter kProcessFilter = {false, attach, detach, nullptr, holds};

void process_ended(Queue& queue, std::uint32_t process) {
  Registration* registration = queue.find(EVFILT_PROC, process);
  if (registration == nullptr) return;
  registration->happened = NOTE_EXIT;
  registration->data = wait_status(registration->process);
  look_at(queue, *registration);
}

}  // namespace kqueue_on_linux

#include "os/windows/terminate.h"

#include <signal.h>

#include "os/windows/windows_error.h"
#include "uv.h"

namespace violet {
namespace {

bool has_ended(HANDLE process) {
  return WaitForSingleObject(process, 0) == WAIT_OBJECT_0;
}

}  // namespace

bool is_signal(int number) {
  return number >= 0 && number < NSIG;
}

int terminate(HANDLE process, int signal) {
  if (!is_signal(signal)) return UV_EINVAL;
  switch (signal) {
    case 0:
      return has_ended(process) ? UV_ESRCH : 0;
    case SIGINT:
    case SIGQUIT:
    case SIGTERM:
    case SIGKILL:
      if (has_ended(process)) return UV_ESRCH;
      if (TerminateProcess(process, kTerminatedExitCode)) return 0;
      // The system says "access denied" of processes that end meanwhile, too.
      return has_ended(process) ? UV_ESRCH : last_windows_error();
    default:
      return UV_ENOSYS;
  }
}

}  // namespace violet

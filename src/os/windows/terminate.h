// Ending processes in the place of signals.
#pragma once

#include <windows.h>

namespace violet {

// What the process gets as its exit code.
inline constexpr UINT kTerminatedExitCode = 1;

// 0 included, which only asks.
bool is_signal(int number);

// 0 asks whether the process runs; UV_ESRCH when it has ended. SIGINT, SIGQUIT, SIGTERM and SIGKILL
// end it; UV_ENOSYS for other signals, UV_EINVAL for what is none. The handle allows to end, to
// query and to wait.
int terminate(HANDLE process, int signal);

}  // namespace violet

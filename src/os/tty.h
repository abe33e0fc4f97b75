// Terminals: thin wrappers of system calls. Results are 0 or a negative UV_E*.
#pragma once

#include <cstddef>

#include "os/descriptor.h"

#ifdef _WIN32
#include "os/windows/native_terminal.h"
#else
#include "os/posix/native_terminal.h"
#endif

namespace violet {

// They lie in public terminal handles where these have room for them.
using TerminalSettings = NativeTerminalSettings;

struct OpenedTerminal {
  OwnedDescriptor own;  // opened anew, and does not block; none: the given one is used
  bool readable;
  bool writable;
  bool redirected;  // a pipe or socket in a terminal's place, which does not block from now on
};

// UV_EINVAL for a file that is neither a terminal nor a pipe or socket in the place of one.
int open_terminal(uv_file given, OpenedTerminal& opened);

int get_terminal_settings(Descriptor terminal, TerminalSettings& settings);
// Applies `normal`, as the mode changes it, unless the terminal has these settings already. Waits
// until what is written has gone out. The normal mode may be set by a process in the background,
// too.
int apply_terminal_mode(Descriptor terminal, const TerminalSettings& normal, int mode);
int terminal_window_size(Descriptor terminal, int& columns, int& rows);

// Whether consoles understand escape sequences: as the program says, else as was found out with the
// last one that was opened. UV_ENOTSUP where all terminals do.
void choose_terminal_state(uv_tty_vtermstate_t state);
int terminal_state(uv_tty_vtermstate_t& state);

// Remembers what reset_terminal() sets back. The first call counts.
int remember_terminal(Descriptor terminal, const TerminalSettings& settings);
// Async-signal-safe, and does not stop a process in the background. UV_EBUSY while
// remember_terminal() runs.
int reset_terminal();

}  // namespace violet

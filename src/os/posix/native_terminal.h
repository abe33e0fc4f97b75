// A terminal's settings, as os/tty.h keeps them.
#pragma once

#include <termios.h>

namespace violet {

using NativeTerminalSettings = struct termios;

}  // namespace violet

// A console's settings, as os/tty.h keeps them.
#pragma once

namespace violet {

struct NativeTerminalSettings {
  unsigned long mode;  // of its input
};

}  // namespace violet

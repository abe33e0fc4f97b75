// What reset_terminal() sets back: the settings of the first terminal whose mode was changed.
#pragma once

#include <uv.h>

#include <atomic>

#include "os/tty.h"

namespace violet {

// One for the process. Handlers of signals may reset, so nobody waits there for who remembers.
class RememberedTerminal {
 public:
  constexpr RememberedTerminal() = default;

  // Does nothing when there is one. The descriptor is copied, so that it still names the terminal
  // when every handle is closed.
  int remember(Descriptor terminal, const TerminalSettings& settings) {
    while (busy_.test_and_set(std::memory_order_acquire)) {
    }
    const int error = terminal_.is_open() ? 0 : copy(terminal, settings);
    busy_.clear(std::memory_order_release);
    return error;
  }

  // Gives the terminal and its settings to `set_back`, whose result it is; 0 when there is none,
  // UV_EBUSY when somebody is here already.
  template <typename SetBack>
  int reset(SetBack set_back) {
    if (busy_.test_and_set(std::memory_order_acquire)) return UV_EBUSY;
    const int error = terminal_.is_open() ? set_back(terminal_, settings_) : 0;
    busy_.clear(std::memory_order_release);
    return error;
  }

 private:
  int copy(Descriptor terminal, const TerminalSettings& settings) {
    OwnedDescriptor copied;
    const int error = duplicate_descriptor(terminal, copied);
    if (error != 0) return error;
    settings_ = settings;
    terminal_ = copied.take();
    return 0;
  }

  std::atomic_flag busy_;
  Descriptor terminal_;  // owned as long as the process lives
  TerminalSettings settings_{};
};

}  // namespace violet

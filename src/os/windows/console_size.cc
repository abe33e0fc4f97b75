#include "os/windows/console_size.h"

#include <windows.h>

// Needs the types of <windows.h>.
#include <signal.h>

#include <atomic>
#include <cstdint>

#include "os/windows/console_signals.h"
#include "os/windows/owned_handle.h"
#include "uv.h"

namespace violet {
namespace {

// Columns and rows in one word; 0 before anybody looked.
std::atomic<std::uint32_t> last_size;

std::uint32_t size_now() {
  OwnedHandle output(CreateFileW(L"CONOUT$", GENERIC_READ | GENERIC_WRITE,
                                 FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr, OPEN_EXISTING, 0,
                                 nullptr));
  CONSOLE_SCREEN_BUFFER_INFO screen;
  if (!output.is_open() || !GetConsoleScreenBufferInfo(output.get(), &screen)) return 0;
  const SMALL_RECT& window = screen.srWindow;
  return static_cast<std::uint32_t>(window.Right - window.Left + 1) << 16 |
         static_cast<std::uint16_t>(window.Bottom - window.Top + 1);
}

}  // namespace

void look_for_resize() {
  if (!is_signal_caught(SIGWINCH)) {
    // Forgotten while nobody listens, so that a later listener hears of later changes only.
    last_size.store(0, std::memory_order_relaxed);
    return;
  }
  const std::uint32_t now = size_now();
  const std::uint32_t before = last_size.exchange(now, std::memory_order_relaxed);
  if (now != 0 && before != 0 && now != before) deliver_signal(SIGWINCH);
}

}  // namespace violet

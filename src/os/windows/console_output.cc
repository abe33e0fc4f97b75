#include "os/windows/console_output.h"

#include <atomic>
#include <cstddef>

#include "os/thread.h"
#include "os/tty.h"
#include "os/windows/console_size.h"
#include "os/windows/console_text.h"
#include "os/windows/windows_error.h"

namespace violet {
namespace {

// ENABLE_VIRTUAL_TERMINAL_PROCESSING, which older headers lack.
constexpr DWORD kUnderstandSequences = 0x0004;
// Old consoles refuse more than 64 KiB at once.
constexpr std::size_t kUnitsAtOnce = 2048;

// Guards the one console that a process has, however many handles it has for it.
Mutex mutex;
Utf8Pieces begun;  // guarded by the mutex

constexpr int kUnknown = -1;
std::atomic<int> chosen_state{kUnknown};  // by the program
std::atomic<int> found_state{UV_TTY_UNSUPPORTED};

// Collects UTF-16 units until there are enough for a call.
class Output {
 public:
  explicit Output(HANDLE console) : console_(console) {}

  // False when the console refuses.
  bool add(unsigned char byte) {
    wchar_t units[Utf8Pieces::kMostUnits];
    const std::size_t count = begun.add(byte, units);
    for (std::size_t i = 0; i < count; ++i)
      text_[size_++] = units[i];
    // The two units of one letter must not be split between calls.
    return size_ + Utf8Pieces::kMostUnits <= kUnitsAtOnce || flush();
  }
  bool flush() {
    const wchar_t* rest = text_;
    while (size_ > 0) {
      DWORD written = 0;
      if (!WriteConsoleW(console_, rest, static_cast<DWORD>(size_), &written, nullptr)) {
        return false;
      }
      rest += written;
      size_ -= written;
    }
    return true;
  }

 private:
  HANDLE console_;
  std::size_t size_ = 0;
  wchar_t text_[kUnitsAtOnce];
};

}  // namespace

bool is_console(HANDLE handle) {
  DWORD mode = 0;
  return GetFileType(handle) == FILE_TYPE_CHAR && GetConsoleMode(handle, &mode) != 0;
}

std::int64_t write_to_console(HANDLE console, const uv_buf_t* buffers, unsigned int count) {
  std::int64_t bytes = 0;
  {
    MutexLock lock(mutex);
    Output output(console);
    for (unsigned int i = 0; i < count; ++i) {
      for (std::size_t k = 0; k < buffers[i].len; ++k) {
        if (!output.add(static_cast<unsigned char>(buffers[i].base[k]))) {
          return last_windows_error();
        }
      }
      bytes += static_cast<std::int64_t>(buffers[i].len);
    }
    if (!output.flush()) return last_windows_error();
  }
  look_for_resize();
  return bytes;
}

void prepare_console_output(HANDLE console) {
  if (chosen_state.load(std::memory_order_relaxed) == UV_TTY_UNSUPPORTED) return;
  DWORD mode = 0;
  if (!GetConsoleMode(console, &mode)) return;
  mode |= ENABLE_PROCESSED_OUTPUT | kUnderstandSequences;
  if (SetConsoleMode(console, mode)) {
    found_state.store(UV_TTY_SUPPORTED, std::memory_order_relaxed);
  }
}

void choose_terminal_state(uv_tty_vtermstate_t state) {
  chosen_state.store(state, std::memory_order_relaxed);
}

int terminal_state(uv_tty_vtermstate_t& state) {
  const int chosen = chosen_state.load(std::memory_order_relaxed);
  const int found = found_state.load(std::memory_order_relaxed);
  state = static_cast<uv_tty_vtermstate_t>(chosen != kUnknown ? chosen : found);
  return 0;
}

}  // namespace violet

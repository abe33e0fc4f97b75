#include "os/tty.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>

#include "base/error.h"
#include "os/open_files.h"
#include "os/posix/terminal_ways.h"
#include "os/shared/remembered_terminal.h"
#include "os/socket.h"

namespace violet {
namespace {

RememberedTerminal remembered;

int set_settings(Descriptor terminal, int when, const termios& settings) {
  for (;;) {
    if (tcsetattr(terminal.native(), when, &settings) == 0) return 0;
    if (errno != EINTR) return last_error();
  }
}

// A process in the background that changes the terminal is stopped until it comes to the front.
// That is right for taking the terminal over, and wrong for giving it back: an end in the
// background would never come. The calls are safe in signal handlers.
class AllowedFromBackground {
 public:
  AllowedFromBackground() {
    sigset_t stop;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTTOU);
    pthread_sigmask(SIG_BLOCK, &stop, &before_);
  }
  ~AllowedFromBackground() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  AllowedFromBackground(const AllowedFromBackground&) = delete;
  AllowedFromBackground& operator=(const AllowedFromBackground&) = delete;

 private:
  sigset_t before_;
};

int give_back(Descriptor terminal, int when, const termios& settings) {
  AllowedFromBackground allowed;
  return set_settings(terminal, when, settings);
}

bool has_settings(Descriptor terminal, const termios& wanted) {
  termios now;
  return tcgetattr(terminal.native(), &now) == 0 && now.c_iflag == wanted.c_iflag &&
         now.c_oflag == wanted.c_oflag && now.c_cflag == wanted.c_cflag &&
         now.c_lflag == wanted.c_lflag &&
         std::memcmp(now.c_cc, wanted.c_cc, sizeof(wanted.c_cc)) == 0;
}

void make_raw(termios& settings) {
  settings.c_iflag &= ~static_cast<tcflag_t>(BRKINT | ICRNL | INPCK | ISTRIP | IXON);
  // Line feeds still return the carriage, unlike with cfmakeraw(3).
  settings.c_oflag |= ONLCR;
  settings.c_cflag |= CS8;
  settings.c_lflag &= ~static_cast<tcflag_t>(ECHO | ICANON | IEXTEN | ISIG);
  settings.c_cc[VMIN] = 1;
  settings.c_cc[VTIME] = 0;
}

}  // namespace

int open_terminal(uv_file file, OpenedTerminal& opened) {
  const Descriptor given = descriptor_of_file(file);
  const uv_handle_type kind = guess_handle(given);
  if (kind == UV_UNKNOWN_HANDLE || kind == UV_FILE) return UV_EINVAL;
  const int flags = fcntl(given.native(), F_GETFL);
  if (flags < 0) return last_error();
  const int mode = flags & O_ACCMODE;
  opened.readable = mode != O_WRONLY;
  opened.writable = mode != O_RDONLY;
  opened.redirected = kind != UV_TTY;
  if (opened.redirected) return set_nonblocking(given, true);
  // Opening the master side "again" would make another terminal, or open the other side.
  if (!is_terminal_master(given)) opened.own = reopen_terminal(given, mode);
  return 0;
}

int get_terminal_settings(Descriptor terminal, TerminalSettings& settings) {
  return tcgetattr(terminal.native(), &settings) == 0 ? 0 : last_error();
}

int apply_terminal_mode(Descriptor terminal, const TerminalSettings& normal, int mode) {
  termios changed = normal;
  switch (mode) {
    case UV_TTY_MODE_NORMAL:
      break;
    case UV_TTY_MODE_RAW:
    case UV_TTY_MODE_RAW_VT:
      make_raw(changed);
      break;
    case UV_TTY_MODE_IO:
      cfmakeraw(&changed);
      break;
    default:
      return UV_EINVAL;
  }
  // Asking again is cheap, and does not wait for output that is held up.
  if (has_settings(terminal, changed)) return 0;
  return mode == UV_TTY_MODE_NORMAL ? give_back(terminal, TCSADRAIN, changed)
                                    : set_settings(terminal, TCSADRAIN, changed);
}

int terminal_window_size(Descriptor terminal, int& columns, int& rows) {
  winsize size;
  if (ioctl(terminal.native(), TIOCGWINSZ, &size) != 0) return last_error();
  columns = size.ws_col;
  rows = size.ws_row;
  return 0;
}

void choose_terminal_state(uv_tty_vtermstate_t) {}

int terminal_state(uv_tty_vtermstate_t&) {
  return UV_ENOTSUP;
}

int remember_terminal(Descriptor terminal, const TerminalSettings& settings) {
  return remembered.remember(terminal, settings);
}

int reset_terminal() {
  const int saved_errno = errno;
  const int error = remembered.reset([](Descriptor terminal, const TerminalSettings& settings) {
    return give_back(terminal, TCSANOW, settings);
  });
  errno = saved_errno;
  return error;
}

}  // namespace violet

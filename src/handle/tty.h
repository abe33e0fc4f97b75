#pragma once

#include "handle/stream.h"
#include "os/tty.h"

namespace violet {

struct Tty {
  using Public = uv_tty_t;

  union {
    Stream stream;
    unsigned char stream_room[sizeof(uv_stream_t)];
  };
  TerminalSettings normal;  // as they were before the first change of mode
  std::int32_t mode;        // a uv_tty_mode_t
};

static_assert(sizeof(Tty) <= sizeof(uv_tty_t));

template <typename Public>
constexpr bool terminal_settings_in_place() {
  if constexpr (requires(Public tty) { tty.orig_termios; }) {
    static_assert(offsetof(Tty, normal) == offsetof(Public, orig_termios));
    static_assert(offsetof(Tty, mode) == offsetof(Public, mode));
  }
  return true;
}
static_assert(terminal_settings_in_place<uv_tty_t>());

int init_tty(Loop& loop, uv_tty_t* tty, uv_file file);
int set_tty_mode(Tty& tty, int mode);

}  // namespace violet

#pragma once

#include "handle/stream.h"
#include "os/tty.h"

namespace violet {

struct Tty {
  using Public = uv_tty_t;

  Stream stream;
  TerminalSettings normal;  // as they were before the first change of mode
  std::int32_t mode;        // a uv_tty_mode_t
};

static_assert(sizeof(Tty) == sizeof(uv_tty_t));

int init_tty(Loop& loop, uv_tty_t* tty, Descriptor descriptor);
int set_tty_mode(Tty& tty, int mode);

}  // namespace violet

#include "handle/tty.h"

#include "base/enum_value.h"

using violet::Tty;
using violet::view;

int uv_tty_init(uv_loop_t* loop, uv_tty_t* handle, uv_file fd, int) {
  return violet::init_tty(violet::loop_of(loop), handle, fd);
}

int uv_tty_set_mode(uv_tty_t* handle, uv_tty_mode_t mode) {
  return set_tty_mode(view<Tty>(handle), violet::value_of(mode));
}

int uv_tty_reset_mode(void) {
  return violet::reset_terminal();
}

int uv_tty_get_winsize(uv_tty_t* handle, int* width, int* height) {
  return violet::terminal_window_size(view<Tty>(handle).stream.channel.descriptor, *width, *height);
}

void uv_tty_set_vterm_state(uv_tty_vtermstate_t state) {
  violet::choose_terminal_state(state);
}

int uv_tty_get_vterm_state(uv_tty_vtermstate_t* state) {
  return violet::terminal_state(*state);
}

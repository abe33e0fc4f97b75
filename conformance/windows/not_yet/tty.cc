// Stands in for src/abi/tty.cc until Windows has it, so that programs can be linked.
#include <uv.h>

int uv_tty_get_vterm_state(uv_tty_vtermstate_t*) {
  return UV_ENOSYS;
}
int uv_tty_get_winsize(uv_tty_t*, int*, int*) {
  return UV_ENOSYS;
}
int uv_tty_init(uv_loop_t*, uv_tty_t*, uv_file, int) {
  return UV_ENOSYS;
}
int uv_tty_reset_mode() {
  return UV_ENOSYS;
}
int uv_tty_set_mode(uv_tty_t*, uv_tty_mode_t) {
  return UV_ENOSYS;
}
void uv_tty_set_vterm_state(uv_tty_vtermstate_t) {}

#include "handle/tty.h"

#include "os/socket.h"

namespace violet {
namespace {

constexpr HandleKind kTtyKind = {UV_TTY, close_stream, hand_out_cancelled, stream_descriptor};

Nature nature_of(Descriptor given, const OpenedTerminal& opened) {
  if (!opened.redirected) return Nature::kTerminal;
  return is_socket(given) ? Nature::kSocket : Nature::kPipe;
}

}  // namespace

int init_tty(Loop& loop, uv_tty_t* public_tty, uv_file file) {
  OpenedTerminal opened = {};
  if (int error = open_terminal(file, opened); error != 0) return error;
  const Descriptor descriptor = descriptor_of_file(file);
  Tty& tty = view<Tty>(public_tty);
  init_stream(loop, tty.stream, kTtyKind, sizeof(Tty));
  HandleFlags directions = (opened.readable ? kCanRead : 0) | (opened.writable ? kCanWrite : 0);
  const bool is_shared = !opened.own.is_open();
  open_stream(tty.stream, is_shared ? descriptor : opened.own.take(), directions,
              nature_of(descriptor, opened), Sharing::kShared);
  // A terminal that others share is left as it is; then it is written to in blocking mode.
  if (is_shared && !opened.redirected) tty.stream.handle.set(kBlocking | kBlockingWrites);
  return 0;
}

int set_tty_mode(Tty& tty, int mode) {
  // Any other mode is applied again: another process may have changed the terminal meanwhile.
  if (mode == UV_TTY_MODE_NORMAL && tty.mode == UV_TTY_MODE_NORMAL) return 0;
  Descriptor terminal = tty.stream.channel.descriptor;
  if (tty.mode == UV_TTY_MODE_NORMAL) {
    if (int error = get_terminal_settings(terminal, tty.normal); error != 0) return error;
    if (int error = remember_terminal(terminal, tty.normal); error != 0) return error;
  }
  if (int error = apply_terminal_mode(terminal, tty.normal, mode); error != 0) return error;
  tty.mode = mode;
  return 0;
}

}  // namespace violet

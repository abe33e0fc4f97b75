// A terminal: its mode is changed, a line is written to it, one is read from it.
#include <pty.h>
#include <unistd.h>

#include <cstring>

#include "life.h"
#include "streams.h"

namespace faults {
namespace {

class TerminalLife : public Life {
 protected:
  int begin() override {
    if (openpty(&master_, &slave_, nullptr, nullptr, nullptr) != 0) return UV_ENOENT;
    if (int error = uv_tty_init(&loop, own(&tty_), slave_, 0)) return error;
    if (int error = uv_tty_set_mode(&tty_, UV_TTY_MODE_RAW)) return error;
    int width = 0;
    int height = 0;
    if (int error = uv_tty_get_winsize(&tty_, &width, &height)) return error;
    auto on_read = [](uv_stream_t* tty, ssize_t size, const uv_buf_t*) {
      life_of<TerminalLife>(tty).received(size);
    };
    if (int error = uv_read_start(stream(tty_), give_memory, on_read)) return error;
    if (::write(master_, "typed", 5) != 5) return UV_EIO;
    uv_buf_t buffers[6];
    for (uv_buf_t& buffer : buffers)
      buffer = uv_buf_init(text_, sizeof text_);
    write_.data = this;
    return owing(&write_, "write", [&] {
      return uv_write(&write_, stream(tty_), buffers, 6, [](uv_write_t* request, int status) {
        TerminalLife& life = life_of<TerminalLife>(request);
        life.ledger.pay(request, "write");
        life.failed(status);
      });
    });
  }

  bool is_complete() const override { return received_ == 5; }

  void clean_up() override {
    uv_tty_reset_mode();
    if (slave_ >= 0) ::close(slave_);
    if (master_ >= 0) ::close(master_);
  }

  // A copy of the first terminal whose mode is changed stays for uv_tty_reset_mode().
  std::size_t kept_descriptors() const override { return 1; }

 private:
  void received(ssize_t size) {
    if (failed(static_cast<int>(size))) return;
    received_ += size;
    if (received_ < 5) return;
    if (failed(uv_tty_set_mode(&tty_, UV_TTY_MODE_NORMAL))) return;
    close(tty_);
  }

  int master_ = -1;
  int slave_ = -1;
  uv_tty_t tty_;
  uv_write_t write_;
  char text_[3] = {'o', 'n', 'e'};
  ssize_t received_ = 0;
};

const Registered<TerminalLife> registered("terminal");

}  // namespace
}  // namespace faults

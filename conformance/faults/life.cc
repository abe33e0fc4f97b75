#include "life.h"

namespace faults {

std::vector<KnownLife>& known_lives() {
  static std::vector<KnownLife> lives;
  return lives;
}

int Life::live() {
  if (int error = uv_loop_init(&loop); error != 0) {
    clean_up();
    return error;
  }
  loop.data = this;
  failed(begin());
  if (uv_run(&loop, UV_RUN_DEFAULT) != 0) broken("uv_run() returned with something alive");
  // What was stopped, but not closed.
  give_up();
  if (uv_run(&loop, UV_RUN_DEFAULT) != 0) broken("uv_run() returned with something alive");
  ledger.settle();
  if (int error = uv_loop_close(&loop); error != 0) {
    broken("uv_loop_close() is %s", uv_err_name(error));
  }
  clean_up();
  if (first_error_ == 0 && !is_complete()) broken("the life ended early, and nobody said why");
  return first_error_;
}

bool Life::failed(int status) {
  if (status >= 0) return false;
  if (first_error_ == 0) first_error_ = status;
  give_up();
  return true;
}

void Life::give_up() {
  if (gave_up_) return;
  gave_up_ = true;
  uv_walk(
      &loop, [](uv_handle_t* handle, void* life) { static_cast<Life*>(life)->close(handle); },
      this);
}

void Life::close(uv_handle_t* handle) {
  if (uv_is_closing(handle) != 0) return;
  lets_go_of(handle);
  ledger.owe(handle, "close");
  uv_close(handle, [](uv_handle_t* closed) {
    static_cast<Life*>(closed->loop->data)->ledger.pay(closed, "close");
  });
}

}  // namespace faults

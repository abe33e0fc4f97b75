// What a loop does by itself: a thousand timers, asyncs from another thread, the hooks of an
// iteration, descriptors that are polled, signals.
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include "life.h"

namespace faults {
namespace {

constexpr int kTimers = 1000;

class TimersLife : public Life {
 protected:
  int begin() override {
    for (int i = 0; i < kTimers; ++i) {
      uv_timer_t& timer = timers_[i];
      if (int error = uv_timer_init(&loop, own(&timer))) return error;
      auto on_timer = [](uv_timer_t* expired) { life_of<TimersLife>(expired).expired(*expired); };
      if (int error = uv_timer_start(&timer, on_timer, static_cast<std::uint64_t>(i % 7),
                                     i % 3 == 0 ? 1 : 0))
        return error;
    }
    return 0;
  }

  bool is_complete() const override { return expired_ == kTimers; }

 private:
  void expired(uv_timer_t& timer) {
    ++expired_;
    close(timer);
  }

  uv_timer_t timers_[kTimers];
  int expired_ = 0;
};

constexpr int kAsyncs = 5;

class AsyncsLife : public Life {
 protected:
  int begin() override {
    for (uv_async_t& async : asyncs_) {
      auto on_async = [](uv_async_t* sent) { life_of<AsyncsLife>(sent).arrived(*sent); };
      if (int error = uv_async_init(&loop, own(&async), on_async)) return error;
    }
    if (int error = start_hook(idle_, uv_idle_init, uv_idle_start)) return error;
    if (int error = start_hook(prepare_, uv_prepare_init, uv_prepare_start)) return error;
    if (int error = start_hook(check_, uv_check_init, uv_check_start)) return error;
    const int error = uv_thread_create(&thread_, send_all, this);
    has_thread_ = error == 0;
    return error;
  }

  bool is_complete() const override { return arrived_ == kAsyncs; }

  // A sender must not meet a handle that is gone.
  void lets_go_of(uv_handle_t*) override { join(); }

 private:
  template <typename Hook, typename Init, typename Start>
  int start_hook(Hook& hook, Init init, Start start) {
    if (int error = init(&loop, own(&hook))) return error;
    return start(&hook, [](Hook* run) { life_of<AsyncsLife>(run).close(*run); });
  }

  static void send_all(void* life) {
    for (uv_async_t& async : static_cast<AsyncsLife*>(life)->asyncs_)
      uv_async_send(&async);
  }

  void join() {
    if (has_thread_) uv_thread_join(&thread_);
    has_thread_ = false;
  }

  void arrived(uv_async_t& async) {
    ++arrived_;
    close(async);
  }

  uv_async_t asyncs_[kAsyncs];
  uv_idle_t idle_;
  uv_prepare_t prepare_;
  uv_check_t check_;
  uv_thread_t thread_;
  bool has_thread_ = false;
  int arrived_ = 0;
};

class PollLife : public Life {
 protected:
  int begin() override {
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends_) != 0)
      return UV_EMFILE;
    for (int i = 0; i < 2; ++i) {
      if (int error = uv_poll_init(&loop, own(&polls_[i]), ends_[i])) return error;
      auto on_poll = [](uv_poll_t* poll, int status, int events) {
        life_of<PollLife>(poll).polled(*poll, status, events);
      };
      if (int error = uv_poll_start(&polls_[i], UV_READABLE | UV_WRITABLE, on_poll)) return error;
    }
    return 0;
  }

  bool is_complete() const override { return read_; }

  void clean_up() override {
    for (int end : ends_) {
      if (end >= 0) ::close(end);
    }
  }

 private:
  void polled(uv_poll_t& poll, int status, int events) {
    if (failed(status)) return;
    if (&poll == &polls_[0] && (events & UV_WRITABLE) != 0) {
      if (write(ends_[0], "x", 1) != 1) failed(UV_EIO);
      close(poll);
    } else if (&poll == &polls_[1] && (events & UV_READABLE) != 0) {
      read_ = true;
      close(poll);
    }
  }

  int ends_[2] = {-1, -1};
  uv_poll_t polls_[2];
  bool read_ = false;
};

class SignalsLife : public Life {
 protected:
  int begin() override {
    for (uv_signal_t& signal : signals_) {
      if (int error = uv_signal_init(&loop, own(&signal))) return error;
      auto on_signal = [](uv_signal_t* handle, int) {
        life_of<SignalsLife>(handle).caught(*handle);
      };
      if (int error = uv_signal_start(&signal, on_signal, SIGUSR1)) return error;
    }
    return raise(SIGUSR1) == 0 ? 0 : UV_EIO;
  }

  bool is_complete() const override { return caught_ == 3; }

 private:
  void caught(uv_signal_t& signal) {
    ++caught_;
    close(signal);
  }

  uv_signal_t signals_[3];
  int caught_ = 0;
};

const Registered<TimersLife> timers("timers");
const Registered<AsyncsLife> asyncs("asyncs");
const Registered<PollLife> polls("poll");
const Registered<SignalsLife> signals("signals");

}  // namespace
}  // namespace faults

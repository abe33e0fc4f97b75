#include "core/loop.h"

#include <algorithm>
#include <climits>
#include <cstdarg>
#include <cstring>

#include "base/allocator.h"
#include "base/enum_value.h"
#include "os/clock.h"
#include "os/process_title.h"
#include "os/signal_actions.h"
#include "threadpool/pool.h"

using violet::loop_of;

namespace {

uv_loop_t default_loop;
bool default_loop_exists = false;

// The only signal whose blocking is documented: it keeps a profiler from ending every wait.
int block_signal(violet::Loop& loop, int number) {
  if (violet::kProfilingSignal == violet::kNoSignal) return UV_ENOSYS;
  if (number != violet::kProfilingSignal) return UV_EINVAL;
  loop.engine->block_signal(number);
  return 0;
}

}  // namespace

int uv_loop_init(uv_loop_t* loop) {
  return violet::init_loop(loop, nullptr);
}

int uv_loop_close(uv_loop_t* loop) {
  int error = violet::close_loop(loop);
  if (error == 0 && loop == &default_loop) default_loop_exists = false;
  return error;
}

uv_loop_t* uv_default_loop(void) {
  if (default_loop_exists) return &default_loop;
  if (uv_loop_init(&default_loop) != 0) return nullptr;
  default_loop_exists = true;
  return &default_loop;
}

uv_loop_t* uv_loop_new(void) {
  uv_loop_t* loop = static_cast<uv_loop_t*>(violet::allocate_zeroed(1, sizeof(uv_loop_t)));
  if (loop == nullptr) return nullptr;
  if (uv_loop_init(loop) == 0) return loop;
  violet::release(loop);
  return nullptr;
}

void uv_loop_delete(uv_loop_t* loop) {
  bool is_default = default_loop_exists && loop == &default_loop;
  uv_loop_close(loop);
  if (!is_default) violet::release(loop);
}

size_t uv_loop_size(void) {
  return sizeof(uv_loop_t);
}
void* uv_loop_get_data(const uv_loop_t* loop) {
  return loop->data;
}
void uv_loop_set_data(uv_loop_t* loop, void* data) {
  loop->data = data;
}

int uv_loop_configure(uv_loop_t* loop, uv_loop_option option, ...) {
  va_list arguments;
  va_start(arguments, option);
  int error = 0;
  switch (violet::value_of(option)) {
    case UV_LOOP_BLOCK_SIGNAL:
      error = block_signal(loop_of(loop), va_arg(arguments, int));
      break;
    case UV_METRICS_IDLE_TIME:
      loop_of(loop).metrics.measure_idle_time = true;
      break;
    case UV_LOOP_USE_IO_URING_SQPOLL:
      // A hint for libuv's own use of io_uring. Our engines never poll the submission queue.
      break;
    default:
      error = UV_ENOSYS;
  }
  va_end(arguments);
  return error;
}

int uv_loop_fork(uv_loop_t* loop) {
  return violet::fork_loop(loop_of(loop));
}
int uv_loop_alive(const uv_loop_t* loop) {
  return violet::is_alive(loop_of(loop)) ? 1 : 0;
}
int uv_run(uv_loop_t* loop, uv_run_mode mode) {
  return violet::run_loop(loop_of(loop), mode);
}
void uv_stop(uv_loop_t* loop) {
  loop->stop_flag = 1;
}

uint64_t uv_now(const uv_loop_t* loop) {
  return violet::time_ms(loop_of(loop));
}
void uv_update_time(uv_loop_t* loop) {
  violet::update_time(loop_of(loop));
}

int uv_backend_fd(const uv_loop_t* loop) {
  return loop_of(loop).engine->fd();
}

int uv_backend_timeout(const uv_loop_t* loop) {
  // Who asks is about to wait on the engine's descriptor, which has to know what to wait for.
  violet::flush_engine(loop_of(loop));
  if (!loop_of(loop).queued_output.empty() || loop_of(loop).engine->wants_turn()) return 0;
  const violet::Loop& waiting = loop_of(loop);
  // A timer's callback may have taken long since the loop took its time.
  std::uint64_t timeout_ns =
      violet::wait_until(violet::wait_deadline_ns(waiting),
                         waiting.timers_ran ? violet::monotonic_ns() : waiting.time_ns);
  timeout_ns = std::min(timeout_ns, waiting.engine->longest_wait_ns());
  if (timeout_ns == violet::kNoDeadline) return -1;
  // Rounded up: an embedder that waited this long finds its timer due.
  std::uint64_t timeout_ms = timeout_ns / violet::kNanosecondsPerMillisecond +
                             (timeout_ns % violet::kNanosecondsPerMillisecond != 0 ? 1 : 0);
  return timeout_ms > INT_MAX ? INT_MAX : static_cast<int>(timeout_ms);
}

uint64_t uv_metrics_idle_time(uv_loop_t* loop) {
  return violet::idle_time_ns(loop_of(loop));
}

int uv_metrics_info(uv_loop_t* loop, uv_metrics_t* metrics) {
  std::memcpy(metrics, &loop_of(loop).metrics.counts, sizeof(*metrics));
  return 0;
}

void uv_library_shutdown(void) {
  violet::shut_down_pool();
  violet::forget_arguments();
}

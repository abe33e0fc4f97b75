/*
 * A signal that cannot be caught, or none, is UV_EINVAL.
 *
 * rules: SIGNAL-08
 * total: zero(status=EINVAL), kill(status=EINVAL), active(value=0)
 */
#include "pairs.h"

static uv_signal_t handle;

static void on_signal(uv_signal_t* signal_handle, int number) {
  (void)signal_handle;
  (void)number;
}

static void scenario(uv_loop_t* loop) {
  must(uv_signal_init(loop, &handle));
  trace_status("zero", uv_signal_start(&handle, on_signal, 0));
  trace_status("kill", uv_signal_start(&handle, on_signal, SIGKILL));
  trace_int("active", "value", uv_is_active((uv_handle_t*)&handle) != 0);
}

// Settings from the environment, for tests and experiments (docs/engines.md).
#pragma once

namespace violet {

// A number; `fallback` if unset or out of range.
unsigned int number_setting(const char* name, unsigned int fallback, unsigned int maximum);

// UV_USE_IO_URING=0: this process is to do without io_uring.
bool is_switched_off();
// VIOLET_URING_WRITES=now: no write waits for the next wait.
bool wants_writes_at_once();

}  // namespace violet

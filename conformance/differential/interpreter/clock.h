// The clock of programs that say clock=virtual. It stands still but for two things: a wait of the
// loop that lasts until the next timer is due takes it to exactly that time, and an iteration that
// does not wait takes it on by a millisecond. So two timers are due together or a millisecond apart
// and nothing between, however busy the machine is.
//
// The interpreter has a clock_gettime(2) of its own, which the library finds before libc's.
#pragma once

#include <cstdint>

namespace differential {

// The time begins to be virtual, in this process.
void begin_virtual_time();
bool time_is_virtual();

// The loop is about to poll. `due_ms`: the next time later than now at which a timer is due.
// `blocks`: the loop is to wait.
void before_poll(std::uint64_t due_ms, bool blocks);

// The program is busy for so long.
void pass_time(std::uint64_t ms);
std::uint64_t virtual_ms();

}  // namespace differential

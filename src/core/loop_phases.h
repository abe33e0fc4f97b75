// The phases that stand in files of their own; only the loop calls them.
#pragma once

namespace violet {

struct Loop;

// Runs the timers that are due at the loop's time.
void run_timers(Loop& loop);

}  // namespace violet

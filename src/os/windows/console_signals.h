// How the other parts of the console raise signals (signal_actions.cc).
#pragma once

namespace violet {

// Cheap.
bool is_signal_caught(int number);
// Calls what catches it, if anything. True when something does.
bool deliver_signal(int number);

}  // namespace violet

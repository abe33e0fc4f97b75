// A process for what cannot be undone in that of the tests: another allocator, another environment,
// a loop that may hang.
#pragma once

#include <functional>

#include "platform.h"

namespace conformance {

// What `body` returns (0 to 99) in a process of its own; less than 0 where that process ended in
// another way, or took more than a minute. With fork(2) the process is a copy of this one. Windows
// starts this program once more for the running test alone, which does the same up to this call:
// what a test does before, and outside of `body`, it has to be able to do twice.
int in_own_process(const std::function<int()>& body);

// Who tries one case after the other so tries every so-manyth: it takes Windows long to start a
// process.
inline constexpr int kCasesApart = kIsWindows ? 3 : 1;

}  // namespace conformance

#pragma once

#include <optional>

namespace cli {

// `words` are a program, which is looked for as the system does, and its arguments; null ends them.

// Whether it starts and ends with status 0. It reads nothing, and what it says is not seen.
bool succeeds(const char* const* words);

// Runs it with our standard streams until it ends. Returns its exit status, 128 and the number of
// the signal that ended it, or nothing when it cannot be started. An interrupt (Ctrl-C) is the
// program's to answer, which gets it from the terminal, too; other wishes that we end are passed on
// to it.
std::optional<int> run_to_end(const char* const* words);

// Runs it in place of this process where the system can do so, else to its end. Returns as
// run_to_end() does. become_by_NAME.cc is how a system does it.
std::optional<int> become(const char* const* words);

}  // namespace cli

// A scenario in a process and a folder of its own, as each system makes them.
#pragma once

#include <string>

#include "scenarios.h"

namespace portable {

// A new one for temporary files; empty if there is none, which has been told.
std::string make_folder();

// Runs `self --trace NAME` in FOLDER/scratch, its output in FOLDER/trace. Empty, or how it came to
// a bad end.
std::string run_in_child(const Scenario& scenario, const std::string& self,
                         const std::string& folder);

inline std::string hung(double seconds) {
  return "hung: it was stopped after " + std::to_string(static_cast<int>(seconds)) + " s\n";
}

}  // namespace portable

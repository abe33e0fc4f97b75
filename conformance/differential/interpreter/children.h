// Programs in processes of their own, as each system makes them.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "program.h"
#include "trace.h"

namespace differential {

struct Options {
  std::size_t jobs = 4;
  double limit = 10;  // seconds
};

// A new one for all temporary files; empty if there is none.
std::string make_folder();

// `text` is what the programs were read from. Reports each program once.
void run_all(const std::vector<Program>& programs, const Options& options, const std::string& base,
             const std::string& text);

// What a child that is no copy of its parent does, by the arguments that it got; its exit status.
int run_as_child(int count, char** arguments);

// Writes the line about one program. `exit` is "ok", "hang", "signal N" or "status N".
void report(const Program& program, const std::string& exit, const std::string& errors,
            const TraceMemory& trace);

}  // namespace differential

// A program: operations at the top level, and operations that callbacks perform. One line each:
//
//   WHERE OPERATION [ARGUMENT]...
//
// WHERE is "-" for the top level, "X:k" for the k-th callback of object X (k = "*": each), or
// "X!" for the close callback of X. A line "program NAME [key=value]..." begins the next program:
// pool=N is the size of the thread pool, clock=virtual makes the time what clock.h says.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace differential {

struct Op {
  int line = 0;  // Identifies the operation in the trace; counted from 1 within its program.
  std::string name;
  std::vector<std::string> words;

  const std::string& word(std::size_t index) const;
  long number(std::size_t index, long otherwise = 0) const;
};

using Script = std::vector<Op>;

struct Program {
  std::string name;
  int pool_size = 1;
  bool virtual_time = false;
  Script top;
  std::map<std::pair<std::string, int>, Script> on_callback;  // 0: each callback.
  std::map<std::string, Script> on_close;
};

// Reads all programs of a text; returns false and says why in `error` if a line has no sense.
bool parse_programs(const std::string& text, std::vector<Program>& programs, std::string& error);

}  // namespace differential

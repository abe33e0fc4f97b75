// Where a program is looked for: prepared before a child exists, which may only make system calls.
#pragma once

#include <cstddef>

#include "base/allocator.h"

namespace violet {

class ProgramSearch {
 public:
  // The search follows execvp(3) in the given environment. The arguments stay the caller's. False
  // when out of memory.
  bool prepare(const char* file, char* const* arguments, char* const* environment);

  // Whether a path to try is found from the directory where the program is to run.
  bool depends_on_directory() const;

  // Async-signal-safe. The next path to try; null after the last.
  const char* next();
  // The arguments that run the path last returned as a shell script.
  char* const* script_arguments();

 private:
  const char* file_ = nullptr;
  std::size_t file_length_ = 0;
  const char* rest_ = nullptr;  // of PATH; null when nothing is left
  bool searches_ = false;
  Owned<char> path_;
  Owned<char*> script_;
};

}  // namespace violet

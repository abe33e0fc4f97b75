// Children that are scripts of a shell.
#pragma once

#include <sys/stat.h>

#include <string>

#include "process_support.h"

namespace conformance {

inline void write_program(const std::string& path, const std::string& text, mode_t mode = 0755) {
  write_file(path, text);
  EXPECT_EQ(0, chmod(path.c_str(), mode));
}

// The status of a child whose output goes to the test's `output`, and whose input is ours.
inline int run_script(ProcessTest& test, Child& child) {
  if (child.options.stdio_count == 0) child.give(0, 0);
  test.run_with_output(child);
  return static_cast<int>(child.status);
}

}  // namespace conformance

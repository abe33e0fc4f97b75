// Finding the file of a program to start.
#pragma once

#include "os/windows/wide_text.h"

namespace violet {

struct ProgramSearch {
  const wchar_t* file;
  const wchar_t* directory;  // where the child begins; a full path
  const wchar_t* path;       // the child's PATH, or null
  // A name with a directory is first looked for as it is.
  bool exact;
};

// 0 and a full path; UV_ENOENT, UV_ENOMEM.
int find_program(const ProgramSearch& search, WideText& found);

}  // namespace violet

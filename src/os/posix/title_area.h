// The memory in which the kernel laid the arguments end to end. Some systems show that memory as
// the command line of the process, whatever stands there.
#pragma once

#include <cstddef>

namespace violet {

// Takes it: as adopt_arguments() of os/process_title.h.
char** take_title_area(int count, char** arguments);
// What stands there from now on, cut to what fits; `*length` is what did. UV_ENOBUFS before it is
// taken.
int write_title_area(const char* title, std::size_t* length);
// UV_ENOBUFS too when the title does not fit.
int read_title_area(char* buffer, std::size_t size);
void forget_title_area();

}  // namespace violet

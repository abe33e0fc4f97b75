// The C library's descriptors that were taken over from the program together with their handles.
#pragma once

#include <windows.h>

namespace violet {

// Closes the descriptor that the handle was taken over with, and so the handle. False if it came
// without one, or the program has closed that since.
bool close_taken_file(HANDLE handle);

}  // namespace violet

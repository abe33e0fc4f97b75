// The title of the process, as ps and top show it.
#pragma once

#include <cstddef>

namespace violet {

// Takes the memory of the arguments for the title, and returns a copy of them that the program uses
// from now on; `arguments` itself when there is nothing to take or no memory for the copy.
char** adopt_arguments(int count, char** arguments);

// UV_ENOBUFS before adopt_arguments(). A title that is too long is cut. Thread-safe.
int set_process_title(const char* title);
// Frees the copy, and no longer uses the memory of the arguments for the title. For
// uv_library_shutdown().
void forget_arguments();
// UV_ENOBUFS when the title does not fit, too.
int process_title(char* buffer, std::size_t size);

}  // namespace violet

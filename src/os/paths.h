// Well-known places. Each follows os/output_text.h: UV_ENOBUFS with the needed size in `*size`.
#pragma once

#include <cstddef>

namespace violet {

int executable_path(char* buffer, std::size_t* size);  // Cut to `*size`, as the public contract is.
int current_directory(char* buffer, std::size_t* size);
int change_directory(const char* directory);
int home_directory(char* buffer, std::size_t* size);
int temporary_directory(char* buffer, std::size_t* size);

}  // namespace violet

// What every POSIX system can do with local sockets, and each in a way of its own.
#pragma once

#include <sys/stat.h>

#include "os/local_socket.h"

namespace violet {

// Names that are no path: they begin with a zero byte, and the system makes them up for empty ones.
bool has_abstract_names();

bool is_same_file(const SocketFile& file, const struct stat& status);
// Adds to the mode of the socket with this path, unless it is another file by now. 0, or a negative
// UV_E*, UV_ENOENT among them.
int add_to_mode(const char* path, const SocketFile& file, mode_t added);

}  // namespace violet

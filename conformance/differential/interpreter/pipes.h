// What pipes are called, and how two connected ones are had.
#pragma once

#include <string>

namespace differential {

// The name under which a pipe is bound and found that a file of this path stands for.
std::string pipe_name(const std::string& path);

// Whether the ends of a socket pair can be opened as pipes.
extern const bool kSocketsArePipes;

}  // namespace differential

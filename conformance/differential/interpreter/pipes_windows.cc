#include "pipes.h"

namespace differential {

const bool kSocketsArePipes = false;

// Pipes have a place of their own, in which the path is one name.
std::string pipe_name(const std::string& path) {
  std::string name = "\\\\?\\pipe\\";
  for (char letter : path)
    name += letter == '\\' || letter == '/' || letter == ':' ? '-' : letter;
  return name;
}

}  // namespace differential

#include "pipes.h"

namespace differential {

const bool kSocketsArePipes = true;

std::string pipe_name(const std::string& path) {
  return path;
}

}  // namespace differential

// For Windows: what its C library calls exec() starts another process and ends this one, so that a
// shell goes on at once.
#include "cli/program.h"

namespace cli {

std::optional<int> become(const char* const* words) {
  return run_to_end(words);
}

}  // namespace cli

#include "os/random.h"

#include <unistd.h>

// Where macOS declares getentropy(2).
#if __has_include(<sys/random.h>)
#include <sys/random.h>
#endif

#include <algorithm>

#include "base/error.h"

namespace violet {
namespace {

// What one getentropy(2) gives at most.
constexpr std::size_t kPortion = 256;

}  // namespace

int fill_random(void* buffer, std::size_t size) {
  char* target = static_cast<char*>(buffer);
  while (size > 0) {
    const std::size_t portion = std::min(size, kPortion);
    if (getentropy(target, portion) != 0) return last_error();
    target += portion;
    size -= portion;
  }
  return 0;
}

}  // namespace violet

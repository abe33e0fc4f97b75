#include "os/random.h"

#include <windows.h>

// Needs the types of <windows.h>.
#include <bcrypt.h>

#include <algorithm>
#include <climits>

#include "uv.h"

namespace violet {

int fill_random(void* buffer, std::size_t size) {
  unsigned char* target = static_cast<unsigned char*>(buffer);
  while (size > 0) {
    ULONG count = static_cast<ULONG>(std::min<std::size_t>(size, ULONG_MAX));
    if (BCryptGenRandom(nullptr, target, count, BCRYPT_USE_SYSTEM_PREFERRED_RNG) < 0) return UV_EIO;
    target += count;
    size -= count;
  }
  return 0;
}

}  // namespace violet

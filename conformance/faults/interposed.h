// Functions of the C library as this program sees them (interposed_*.cc): each counts the calls
// that the library under test makes, fails the one that is to fail, and hands on the others. Here
// they all take words and give one back; assembler names keep them from the headers that know
// better.
#pragma once

#include <dlfcn.h>

#include "injection.h"
#include "kinds.h"
#include "library_range.h"

namespace faults {

using Function = long (*)(long, long, long, long, long, long, long);

template <std::size_t kKind>
Function next_function() {
  static Function const found =
      reinterpret_cast<Function>(dlsym(RTLD_NEXT, kKinds[kKind].name.data()));
  return found;
}

// Whether the planted error can be this function's, on such a descriptor.
bool makes_sense(const Kind& kind, long descriptor);
// What the function answers then; it sets errno.
long failure(const Kind& kind);

template <std::size_t kKind>
[[gnu::always_inline]] inline long interpose(long a, long b, long c, long d, long e, long f,
                                             long g) {
  static_assert(kKind != kNoKind);
  constexpr const Kind& kind = kKinds[kKind];
  const long arguments[] = {a, b, c, d};
  const bool counts = kind.argument < 0 || arguments[kind.argument] == kind.value;
  if (counts && is_of_library(__builtin_return_address(0)) && is_due(kKind) && makes_sense(kind, a))
    return failure(kind);
  return next_function<kKind>()(a, b, c, d, e, f, g);
}

}  // namespace faults

// The function of this name, as all others see it.
#define INTERPOSED(name)                                                      \
  long call_##name(long, long, long, long, long, long, long) asm(#name);      \
  long call_##name(long a, long b, long c, long d, long e, long f, long g) {  \
    return faults::interpose<faults::kind_named(#name)>(a, b, c, d, e, f, g); \
  }

// What the tables of abstract classes name. Clang wants it of the C++ runtime, which a program in C
// does not have; nothing else of that is needed.
#include <cstdlib>

// NOLINTNEXTLINE(readability-identifier-naming)
extern "C" __attribute__((weak, visibility("hidden"))) void __cxa_pure_virtual();

extern "C" void __cxa_pure_virtual() {
  std::abort();
}

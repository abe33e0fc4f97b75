#include "ledger.h"

#include <unistd.h>

#include <cstdarg>
#include <cstdio>
#include <cstring>

namespace faults {

void broken(const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  std::vfprintf(stderr, format, arguments);
  va_end(arguments);
  std::fputc('\n', stderr);
  std::fflush(stderr);
  _exit(1);
}

void Ledger::owe(const void* object, const char* what) {
  if (!owed_.emplace(object, what).second) broken("the life starts '%s' twice", what);
}

void Ledger::pay(const void* object, const char* what) {
  auto found = owed_.find(object);
  if (found == owed_.end()) broken("a callback that nobody owed, or the second one: %s", what);
  if (std::strcmp(found->second, what) != 0) {
    broken("the callback of '%s' came where '%s' was owed", what, found->second);
  }
  owed_.erase(found);
}

void Ledger::settle() const {
  for (const auto& [object, what] : owed_)
    broken("the callback never came: %s", what);
}

}  // namespace faults

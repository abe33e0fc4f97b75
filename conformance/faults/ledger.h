// What the library owes a program: one callback for each request that it accepted, and for each
// handle that is closed.
#pragma once

#include <map>

namespace faults {

// Ends the process with a message: the library broke its word.
[[noreturn]] [[gnu::format(printf, 1, 2)]] void broken(const char* format, ...);

class Ledger {
 public:
  // A callback will come for this object.
  void owe(const void* object, const char* what);
  // The callback has come.
  void pay(const void* object, const char* what);
  // Nothing is owed any more.
  void settle() const;

 private:
  std::map<const void*, const char*> owed_;
};

}  // namespace faults

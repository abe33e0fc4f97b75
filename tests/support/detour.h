// Calls of Windows' functions that lead to functions of a test's own first.
#pragma once

#include <windows.h>

namespace test_support {

// Leads calls of a function to another one while it lives. `place` is where the program looks for
// the function: `__imp_` and its name.
template <typename Function>
class Detour {
 public:
  Detour(Function& place, Function instead) : place_(place), original(place) { lead_to(instead); }
  Detour(const Detour&) = delete;
  Detour& operator=(const Detour&) = delete;
  ~Detour() { lead_to(original); }

 private:
  void lead_to(Function function) {
    DWORD before = 0;
    VirtualProtect(&place_, sizeof(place_), PAGE_READWRITE, &before);
    place_ = function;
    VirtualProtect(&place_, sizeof(place_), before, &before);
  }
  Function& place_;

 public:
  const Function original;
};

}  // namespace test_support

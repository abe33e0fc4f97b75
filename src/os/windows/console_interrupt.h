// Ending a call that waits for what is typed.
#pragma once

#include "os/windows/owned_handle.h"

namespace violet {

// The system cannot cancel a read from a console, but a line ends with the Return key: so one is
// typed. The screen is as it was after the end.
class TypedReturn {
 public:
  void type(HANDLE console);
  // When the call is over: takes back the key if the call did not need it. True when it did.
  bool was_taken();

  static bool is_ours(const INPUT_RECORD& record);

 private:
  void remember_cursor();

  HANDLE console_ = nullptr;
  OwnedHandle screen_;  // where the cursor is to be set back
  COORD cursor_ = {0, 0};
};

}  // namespace violet

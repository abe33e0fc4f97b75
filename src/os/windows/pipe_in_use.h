// Pipes in whose calls threads of ours wait. On a handle for calls that wait Windows makes one at a
// time, and a question about its file is one, too: it would wait as long as they do.
#pragma once

#include <windows.h>

#include "base/list.h"

namespace violet {

// One call's.
struct PipeInUse {
  ListNode link;
  HANDLE pipe;
};

void note_pipe_in_use(PipeInUse& use, HANDLE pipe);
void forget_pipe_in_use(PipeInUse& use);
bool is_pipe_in_use(HANDLE pipe);

// What GetFileType() says, without asking where that would wait.
DWORD type_of_file(HANDLE file);

}  // namespace violet

// Pipes on which threads of ours are in a blocking call. On a handle for synchronous calls Windows
// makes one call at a time, and a question about the file, such as GetFileType(), is a call, too:
// it would wait as long as the thread does.
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

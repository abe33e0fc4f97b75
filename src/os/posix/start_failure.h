// How a child says why its program did not start.
//
// The child normally shares our memory and writes into ChildStart. But some systems and emulators
// (OpenBSD, valgrind, qemu-user) copy the memory as fork(2) does, so that we never see what the
// child writes. There the reason comes through a pipe, which is closed when the program starts. The
// first child shows which of the two this system does. A child that is made by fork(2) always uses
// the pipe.
#pragma once

#include "os/posix/child_start.h"

namespace violet {

class StartFailure {
 public:
  explicit StartFailure(bool by_fork) : by_fork_(by_fork) {}

  // Before the child is born. `first_free` is the first descriptor that the child has no other use
  // for. 0 or a negative UV_E*.
  int prepare(int first_free);
  // The end for ChildStart.
  int child_end() const { return child_end_.get().native(); }
  // Once the child is born: waits until it runs its program or has failed. 0 or a negative UV_E*;
  // then the child has ended or is about to.
  int wait(const ChildStart& start, int pid);

 private:
  int open_pipe(int first_free);

  const bool by_fork_;
  int pipe_error_ = 0;
  OwnedDescriptor parent_end_;
  OwnedDescriptor child_end_;
};

}  // namespace violet

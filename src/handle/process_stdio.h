// The descriptors a child starts with, and the parent's ends of the pipes made for it.
#pragma once

#include <uv.h>

#include "base/allocator.h"
#include "os/descriptor.h"

namespace violet {

class ChildStdio {
 public:
  ChildStdio() = default;
  ChildStdio(const ChildStdio&) = delete;
  ChildStdio& operator=(const ChildStdio&) = delete;
  // Closes the child's ends, which the child has by then, and what nobody took over.
  ~ChildStdio();

  // UV_EINVAL for a container that makes no sense, UV_EBUSY for a pipe that is open already.
  static int check(const uv_process_options_t& options);
  // Of what has passed check(): 0 or an error of the system. Afterwards the created pipes are open
  // for the parent, whether a child will start or not.
  int prepare(const uv_process_options_t& options);

  // Tells the parent's ends of the pipes which process has the other ends.
  static void name_child(const uv_process_options_t& options, int pid);

  Descriptor* descriptors() const { return for_child_.get(); }
  int count() const { return count_; }
  // By bit: which of the first three must not be made blocking.
  unsigned non_blocking() const { return non_blocking_; }

 private:
  int allocate_tables(int containers);
  int prepare_one(const uv_stdio_container_t& container, int number);
  int create_pipe(const uv_stdio_container_t& container, int number);
  int open_parent_ends(const uv_process_options_t& options);

  // By number: what the child gets, and both ends of the pipes made here.
  Owned<Descriptor> for_child_;
  Owned<OwnedDescriptor> child_ends_;
  Owned<OwnedDescriptor> parent_ends_;
  int count_ = 0;
  unsigned non_blocking_ = 0;
};

}  // namespace violet

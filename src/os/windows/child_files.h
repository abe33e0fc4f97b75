// What a child inherits: handles, and the block that makes C library descriptors of them.
#pragma once

#include "base/array.h"
#include "os/spawn.h"
#include "os/windows/owned_handle.h"

namespace violet {

class ChildFiles {
 public:
  ChildFiles() = default;
  ChildFiles(const ChildFiles&) = delete;
  ChildFiles& operator=(const ChildFiles&) = delete;
  ~ChildFiles();

  // Makes inheritable copies. 0 or a negative UV_E*.
  int prepare(const SpawnPlan& plan);

  // INVALID_HANDLE_VALUE for a descriptor that the child has not.
  HANDLE handle(int number) const;
  // What the list of inherited handles takes, each once.
  HANDLE* handles() { return handles_.data(); }
  std::size_t count() const { return handles_.size(); }
  // For STARTUPINFO.lpReserved2.
  unsigned char* block() { return block_.data(); }
  std::size_t block_size() const { return block_.size(); }

 private:
  int add(Descriptor source, int number);
  int add_null_device(int number);
  void set(int number, unsigned char flags, HANDLE handle);

  Array<HANDLE> handles_;  // owned
  Array<unsigned char> block_;
  int descriptors_ = 0;
};

}  // namespace violet

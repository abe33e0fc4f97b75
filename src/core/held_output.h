// Copies of what streams hold back outside of a run, for the case that no run follows.
//
// When main() returns, the handles, requests and buffers on its stack are gone, and a program may
// have released the others. So what is to go out then must not lie in the program's memory.
#pragma once

#include <cstddef>
#include <cstdint>

#include "os/descriptor.h"
#include "uv.h"

namespace violet {

class HeldOutput {
 public:
  HeldOutput() = default;
  ~HeldOutput();
  HeldOutput(const HeldOutput&) = delete;
  HeldOutput& operator=(const HeldOutput&) = delete;

  bool empty() const { return writes_ == 0; }

  // Copies one write. False when there is no room or memory for it: everything has to go out now.
  bool add(Descriptor descriptor, bool socket, const uv_buf_t* buffers, unsigned int count,
           std::size_t bytes);
  // Forgets the copies, because the streams have written the originals, or will.
  void clear();

  // Writes it as far as the kernel takes it at once, and forgets it.
  void write_out();

 private:
  // The bytes of one or more writes of a stream in a row follow it.
  struct Part {
    std::size_t bytes;
    Descriptor descriptor;
    bool socket;
  };

  static constexpr std::size_t kCapacity = std::size_t{64} * 1024;
  static constexpr std::size_t kMaxBytesOfWrite = kCapacity / 4;
  static constexpr unsigned int kMaxWrites = 16384;

  Part* start_part(Descriptor descriptor, bool socket);
  Part* next_part(std::size_t& position);
  void skip_parts_of(Descriptor descriptor);

  char* memory_ = nullptr;  // made when something is held back for the first time
  std::size_t used_ = 0;
  Part* last_ = nullptr;
  unsigned int writes_ = 0;
};

}  // namespace violet

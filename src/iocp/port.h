// The completion port: what reports to it, and how many operations it still owes us.
#pragma once

#include <cassert>
#include <cstdint>

#include "iocp/operation.h"

namespace violet {

// Whether a packet will come for an operation, by the error of the call that began it.
// ERROR_MORE_DATA is a success for the kernel, though Win32 reports it as an error.
inline bool packet_comes(DWORD error, bool skips_packets) {
  const bool is_over = error == 0 || error == ERROR_MORE_DATA || error == WSAEMSGSIZE;
  return error == ERROR_IO_PENDING || (is_over && !skips_packets);
}

class Port {
 public:
  // False when the system refuses one.
  bool open();
  void close();

  // Associates a handle with the port, for ever, since a handle has one port at most.
  // `skips_packets` says whether operations that are over at once post no packet. 0 or a negative
  // UV_E*.
  int associate(HANDLE handle, bool wants_skipping, bool& skips_packets);
  // Has a handle that belongs to the port already skip the packets of operations that are over at
  // once. False if it cannot.
  static bool skip_packets(HANDLE handle);
  // Posts a packet, from any thread. It must not get lost, because nothing else would tell of the
  // operation: if the system has no memory for the packet, this waits until it has.
  void post(Operation& operation, DWORD size = 0);
  // Waits for packets and returns how many came; 0 after `timeout_ms`.
  unsigned long take(OVERLAPPED_ENTRY* packets, unsigned long most, unsigned long timeout_ms);

  void operation_began() { ++in_kernel_; }
  void operation_is_over() {
    assert(in_kernel_ > 0);
    --in_kernel_;
  }
  bool owes_packets() const { return in_kernel_ > 0; }
  HANDLE handle() const { return handle_; }

 private:
  HANDLE handle_ = nullptr;
  std::uint32_t in_kernel_ = 0;  // operations whose packet has not come
};

}  // namespace violet

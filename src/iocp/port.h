// The completion port: what reports to it, and how many operations it still owes us.
#pragma once

#include <cassert>
#include <cstdint>

#include "iocp/operation.h"

namespace violet {

// Whether the packet of an operation comes, after what the call that began it said. To the system
// "more data" is a success, which Windows tells as an error.
inline bool packet_comes(DWORD error, bool skips_packets) {
  const bool is_over = error == 0 || error == ERROR_MORE_DATA || error == WSAEMSGSIZE;
  return error == ERROR_IO_PENDING || (is_over && !skips_packets);
}

class Port {
 public:
  // False when the system refuses one.
  bool open();
  void close();

  // The operations on it report here from now on; for ever, since a handle has one port at most.
  // `skips_packets` says whether those that are over at once report nothing. 0 or a negative UV_E*.
  int associate(HANDLE handle, bool wants_skipping, bool& skips_packets);
  // Of one that reports already. False if it does not do so.
  static bool skip_packets(HANDLE handle);
  // What other threads post nobody would find otherwise, so it is never lost: where the system has
  // no memory for the packet it waits until there is some.
  void post(Operation& operation, DWORD size = 0);
  // The number of packets, 0 after `timeout_ms`.
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

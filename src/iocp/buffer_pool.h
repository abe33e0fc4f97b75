// The buffers that the kernel receives into before anybody asked. There are few, however many
// connections a loop has: a connection for which there is none left asks for no bytes but only to
// be told that some came, and its reader reads them into its own memory.
#pragma once

#include <cstddef>
#include <cstdint>

#include "os/windows/winsock.h"

namespace violet {

struct ReceiveBuffer {
  static constexpr std::uint32_t kSize = 64 * 1024;
  static constexpr std::uint32_t kSmallSize = 4 * 1024;

  ReceiveBuffer* next_free;
  std::uint32_t size;  // of `bytes`: one of the two
  // Of a datagram: the system writes them when the receive ends.
  int sender_size;
  DWORD flags;
  sockaddr_storage sender;
  char bytes[kSize];
};

class BufferPool {
 public:
  static constexpr unsigned int kMost = 16;

  BufferPool() = default;
  BufferPool(const BufferPool&) = delete;
  BufferPool& operator=(const BufferPool&) = delete;
  ~BufferPool();

  // Null when all are lent, or without memory.
  ReceiveBuffer* lend();
  // A small buffer outside of the pool, for a channel that cannot do without one. Null when out of
  // memory.
  static ReceiveBuffer* make_small();
  // Null is allowed.
  void give_back(ReceiveBuffer* buffer);

 private:
  ReceiveBuffer* free_ = nullptr;
  unsigned int made_ = 0;
};

}  // namespace violet

// The buffers that the kernel receives into before anybody asked for the bytes: one ring for all
// streams of a loop, and one for its datagram sockets. A buffer goes back to the kernel when
// everything it brought was copied out.
#pragma once

#include <liburing.h>
#include <netinet/in.h>

#include <cstddef>
#include <cstdint>

#include "base/allocator.h"

namespace violet {

// What the kernel writes in front of a message that it receives into a buffer: a header of its own
// and the sender's address.
inline constexpr std::size_t kSenderSize = sizeof(sockaddr_in6);
inline constexpr std::size_t kDatagramHeaderSize = sizeof(io_uring_recvmsg_out) + kSenderSize;

class BufferRing {
 public:
  // By which requests name the ring.
  static constexpr std::uint16_t kStreams = 1;
  static constexpr std::uint16_t kDatagrams = 2;

  explicit BufferRing(std::uint16_t group) : group_(group) {}
  std::uint16_t group() const { return group_; }

  // Bytes in a buffer that is lent to us until give_back().
  struct Slice {
    char* bytes;
    std::uint16_t buffer;
  };

  // `count` must be a power of two. 0 or a negative UV_E*.
  int open(io_uring* ring, unsigned int count, unsigned int size, bool incremental);
  // The kernel receives nothing more; what it has received stays.
  void withdraw(io_uring* ring);
  void close();
  bool is_open() const { return ring_ != nullptr; }

  // What a completion with IORING_CQE_F_BUFFER brought. Each slice has to be given back once.
  Slice accept(std::int32_t length, std::uint32_t completion_flags);
  void give_back(std::uint16_t buffer);
  // False while all buffers are lent: a receive would end with ENOBUFS.
  bool has_room() const { return lent_ < count_; }

 private:
  struct Buffer {
    std::uint32_t used;    // bytes that completions have brought
    std::uint32_t slices;  // not given back yet
    bool full;             // the kernel uses no more of it
  };

  char* bytes_of(std::uint16_t buffer) { return storage_ + std::size_t{buffer} * size_; }
  void provide(std::uint16_t buffer);

  Owned<char> memory_;
  Owned<Buffer> buffers_;
  io_uring_buf_ring* ring_ = nullptr;
  std::uint16_t group_;
  char* storage_ = nullptr;
  unsigned int count_ = 0;
  unsigned int size_ = 0;
  unsigned int lent_ = 0;  // buffers the kernel cannot use now
  bool incremental_ = false;
};

}  // namespace violet

// The buffers that the kernel receives into before anybody asked for the bytes: one ring for all
// streams of a loop, and one for its datagram sockets. A buffer goes back to the kernel when
// everything it brought was copied out.
//
// The kernel takes buffers in turn, so it would use all that it has, one after the other, however
// little comes. So it has few at a time, always the same; more while receives find none, and fewer
// again when they were not needed for a while. The others lie in reserve, untouched.
#pragma once

#include <liburing.h>
#include <netinet/in.h>

#include <cstddef>
#include <cstdint>

#include "base/allocator.h"
#include "base/array.h"

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

  struct Shape {
    unsigned int count;  // a power of two
    unsigned int size;
    unsigned int few;   // how many the kernel has at first, and at least
    unsigned int part;  // bytes of each that it may use while it has so few
    bool incremental;   // a buffer serves several receives
  };

  // 0 or a negative UV_E*.
  int open(io_uring* ring, const Shape& shape);
  // The kernel receives nothing more; what it has received stays.
  void withdraw(io_uring* ring);
  void close();
  bool is_open() const { return ring_ != nullptr; }

  // What a completion with IORING_CQE_F_BUFFER brought. Each slice has to be given back once.
  Slice accept(std::int32_t length, std::uint32_t completion_flags);
  void give_back(std::uint16_t buffer);
  // False while all buffers are lent: a receive would end with ENOBUFS.
  bool has_room() const { return lent_ < shape_.count; }

  // A receive found no buffer.
  void note_shortage() { is_short_ = true; }
  // How long more buffers than are needed are kept.
  static constexpr unsigned int kRefillsBetweenReviews = 4096;
  // Before the kernel is asked to receive on: gives it as many buffers as it is to have.
  void refill();

  // For tests.
  unsigned int provided() const { return provided_; }

 private:
  struct Buffer {
    std::uint32_t used;    // bytes that completions have brought
    std::uint32_t slices;  // not given back yet
    bool full;             // the kernel uses no more of it
  };

  char* bytes_of(std::uint16_t buffer) { return storage_ + std::size_t{buffer} * shape_.size; }
  void provide(std::uint16_t buffer);
  void review();
  void release_pages();

  Owned<char> memory_;
  Owned<Buffer> buffers_;
  io_uring_buf_ring* ring_ = nullptr;
  std::uint16_t group_;
  char* storage_ = nullptr;
  Shape shape_ = {};
  Array<std::uint16_t> reserve_;   // the one given back last is provided first
  unsigned int lent_ = 0;          // buffers the kernel cannot use now, since we have them
  unsigned int provided_ = 0;      // those it can use
  unsigned int to_provide_ = 0;    // how many of these there are to be
  unsigned int filled_ = 0;        // since the last refill
  unsigned int most_filled_ = 0;   // between two refills, since the last review
  unsigned int until_review_ = 0;  // refills
  bool is_short_ = false;
};

}  // namespace violet

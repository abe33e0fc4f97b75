// The protocol of IPC pipes, which carries descriptors among the bytes. Each write is a frame: a
// head with a description of the descriptor that it passes, if any, then its bytes. Both ends have
// to use this library with the same version of the protocol.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/array.h"
#include "os/descriptor.h"
#include "os/windows/winsock.h"

namespace violet {

struct ChannelRecord;
class Receives;

struct FrameHead {
  static constexpr std::uint32_t kMark = 0x31504956;  // "VIP1"

  enum Passes : std::uint32_t {
    kNothing,
    kSocket,  // described by WSADuplicateSocketW() for the one process that may use it
    kHandle,  // duplicated into the receiving process already
  };

  std::uint32_t mark;
  std::uint32_t passes;
  std::uint32_t passed_size;
  std::uint32_t size;  // of the bytes behind
};

// The head of a frame, with what it passes.
struct Frame {
  FrameHead head;
  union {
    WSAPROTOCOL_INFOW socket;
    std::uint64_t handle;
  } passed;

  std::size_t head_size() const { return sizeof(head) + head.passed_size; }
};

// Makes the head of a frame of `size` bytes, and of the descriptor to pass, if any, to the process
// `peer`. 0 or a negative UV_E*.
int make_frame(Frame& frame, std::uint32_t size, Descriptor passed, DWORD peer);
// For a frame that will never be sent: closes the duplicate that the process `peer` has got.
void discard_frame(const Frame& frame, DWORD peer);

// Takes the frames apart again.
class FrameReader {
 public:
  FrameReader() = default;
  FrameReader(const FrameReader&) = delete;
  FrameReader& operator=(const FrameReader&) = delete;
  // Closes what nobody took.
  ~FrameReader();

  // As Engine::take(), from what the channel has received.
  std::int64_t take(ChannelRecord& record, Receives& receives, void* buffer, std::size_t size);
  bool take_passed(OwnedDescriptor& passed);

 private:
  std::int64_t read_head(ChannelRecord& record, Receives& receives);
  int adopt_passed();

  Frame frame_;
  std::size_t have_ = 0;  // of the head
  std::uint32_t left_ = 0;
  bool is_broken_ = false;
  Array<Descriptor> passed_;  // from `next_` on
  std::size_t next_ = 0;
};

}  // namespace violet

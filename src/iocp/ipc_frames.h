// Descriptors among the bytes of an IPC pipe. What one write brings is a frame: its head, what it
// passes, its bytes. Both ends use this library, in the same version of the protocol.
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
    kSocket,  // as the system describes it to the one process that may make it its own
    kHandle,  // which the process has already
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

// For `size` bytes and perhaps a descriptor, which the process `peer` is to get. 0 or a negative
// UV_E*.
int make_frame(Frame& frame, std::uint32_t size, Descriptor passed, DWORD peer);
// Of one that nobody has seen or will: the process `peer` has no copy any more of what it passes.
void discard_frame(const Frame& frame, DWORD peer);

// Takes the frames apart again.
class FrameReader {
 public:
  FrameReader() = default;
  FrameReader(const FrameReader&) = delete;
  FrameReader& operator=(const FrameReader&) = delete;
  // Closes what nobody took.
  ~FrameReader();

  // As the engine's take(), of what the channel has received.
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

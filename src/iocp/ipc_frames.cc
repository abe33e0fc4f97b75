#include "iocp/ipc_frames.h"

#include <algorithm>

#include "iocp/receiver.h"
#include "os/socket.h"
#include "os/windows/owned_handle.h"
#include "os/windows/windows_error.h"

namespace violet {
namespace {

int pass_socket(Frame& frame, SOCKET socket, DWORD peer) {
  frame.head.passes = FrameHead::kSocket;
  frame.head.passed_size = sizeof(frame.passed.socket);
  return WSADuplicateSocketW(socket, peer, &frame.passed.socket) == 0 ? 0 : last_socket_error();
}

int pass_handle(Frame& frame, HANDLE handle, DWORD peer) {
  OwnedHandle process(OpenProcess(PROCESS_DUP_HANDLE, FALSE, peer));
  if (!process.is_open()) return last_windows_error();
  HANDLE copy = nullptr;
  if (!DuplicateHandle(GetCurrentProcess(), handle, process.get(), &copy, 0, FALSE,
                       DUPLICATE_SAME_ACCESS)) {
    return last_windows_error();
  }
  frame.head.passes = FrameHead::kHandle;
  frame.head.passed_size = sizeof(frame.passed.handle);
  frame.passed.handle = reinterpret_cast<std::uintptr_t>(copy);
  return 0;
}

// Whether the head can be one of ours.
bool is_sound(const FrameHead& head) {
  if (head.mark != FrameHead::kMark) return false;
  switch (head.passes) {
    case FrameHead::kNothing:
      return head.passed_size == 0;
    case FrameHead::kSocket:
      return head.passed_size == sizeof(Frame::passed.socket);
    case FrameHead::kHandle:
      return head.passed_size == sizeof(Frame::passed.handle);
    default:
      return false;
  }
}

}  // namespace

int make_frame(Frame& frame, std::uint32_t size, Descriptor passed, DWORD peer) {
  frame.head = {FrameHead::kMark, FrameHead::kNothing, 0, size};
  if (!passed.is_open()) return 0;
  if (is_socket(passed)) return pass_socket(frame, passed.native(), peer);
  return pass_handle(frame, system_handle(passed), peer);
}

void discard_frame(const Frame& frame, DWORD peer) {
  if (frame.head.passes != FrameHead::kHandle) return;
  OwnedHandle process(OpenProcess(PROCESS_DUP_HANDLE, FALSE, peer));
  if (!process.is_open()) return;
  DuplicateHandle(process.get(), reinterpret_cast<HANDLE>(frame.passed.handle), nullptr, nullptr, 0,
                  FALSE, DUPLICATE_CLOSE_SOURCE);
}

FrameReader::~FrameReader() {
  OwnedDescriptor unwanted;
  while (take_passed(unwanted))
    unwanted.close();
}

// Reads the head, as far as it has come. 0 when it is complete.
std::int64_t FrameReader::read_head(ChannelRecord& record, Receives& receives) {
  auto* bytes = reinterpret_cast<unsigned char*>(&frame_);
  for (;;) {
    const bool has_head = have_ >= sizeof(frame_.head);
    if (has_head && !is_sound(frame_.head)) return UV_EPROTO;
    const std::size_t wanted = has_head ? frame_.head_size() : sizeof(frame_.head);
    if (has_head && have_ == wanted) return 0;
    const std::int64_t count = receives.take(record, bytes + have_, wanted - have_);
    if (count < 0) return count;
    have_ += static_cast<std::size_t>(count);
  }
}

int FrameReader::adopt_passed() {
  if (frame_.head.passes == FrameHead::kNothing) return 0;
  if (!passed_.reserve_one_more()) return UV_ENOMEM;
  if (frame_.head.passes == FrameHead::kHandle) {
    passed_.push_back(Descriptor::of(static_cast<Descriptor::Native>(frame_.passed.handle)));
    return 0;
  }
  const SOCKET made =
      WSASocketW(FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, &frame_.passed.socket,
                 0, WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT);
  if (made == INVALID_SOCKET) return last_socket_error();
  passed_.push_back(Descriptor::of(made));
  return set_nonblocking(Descriptor::of(made), true);
}

std::int64_t FrameReader::take(ChannelRecord& record, Receives& receives, void* buffer,
                               std::size_t size) {
  if (is_broken_) return UV_EPROTO;
  while (left_ == 0) {
    const std::int64_t outcome = read_head(record, receives);
    if (outcome == UV_EPROTO) is_broken_ = true;
    if (outcome != 0) return outcome;
    have_ = 0;
    left_ = frame_.head.size;
    if (int error = adopt_passed(); error != 0) return error;
  }
  const std::size_t most = std::min<std::size_t>(size, left_);
  const std::int64_t count = receives.take(record, buffer, most);
  if (count > 0) left_ -= static_cast<std::uint32_t>(count);
  return count;
}

bool FrameReader::take_passed(OwnedDescriptor& passed) {
  if (next_ == passed_.size()) return false;
  passed = OwnedDescriptor(passed_[next_++]);
  if (next_ == passed_.size()) {
    passed_.clear();
    next_ = 0;
  }
  return true;
}

}  // namespace violet

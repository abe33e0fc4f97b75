// Connections that are accepted before anybody asked for them.
#pragma once

#include <cstdint>

#include "engine.h"
#include "iocp/operation.h"
#include "os/windows/named_pipe.h"

namespace violet {

struct ChannelRecord;

enum class AcceptState : std::uint8_t {
  kIdle,
  kPosted,    // the kernel waits for a connection to give to `socket`
  kAccepted,  // `socket` is connected, and to be taken
};

struct AcceptSlot {
  // What the system writes the addresses into: it asks for 16 bytes more than they have.
  static constexpr DWORD kAddressRoom = sizeof(sockaddr_in6) + 16;

  Operation operation;
  ChannelRecord* record;
  OwnedDescriptor socket;
  std::uint32_t order;  // in which it was accepted
  AcceptState state;
  char addresses[2 * kAddressRoom];
};

// One listener's. Each connection needs a socket before it comes, so there are a few only: while
// they are on their way to our user, the system keeps more.
struct AcceptQueue {
  static constexpr unsigned int kSlots = 8;
  // What each of a pipe's takes is open whether a client comes or not.
  static constexpr unsigned int kUsualEnds = 4;

  AcceptSlot slots[kSlots];
  std::uint32_t accepted;  // so far
  std::int32_t end;        // 0, or why no more can be accepted
  int family;              // of a socket's connections
  bool is_pipe;
  unsigned int slots_used;
  PipeName name;  // of a pipe

  bool has_news() const;
};

// False without memory, or for what does not listen.
bool open_accept_queue(ChannelRecord& record);
// Posts what is idle; how many the kernel has now that it had not before.
unsigned int post_accepts(ChannelRecord& record);
// The packet of one has come.
void complete_accept(AcceptSlot& slot);
// Closes what nobody took, and has the kernel give up the rest.
void cancel_accepts(ChannelRecord& record);
// As the engine's, of what is there.
int take_accepted(AcceptQueue& queue, OwnedDescriptor& connection);

}  // namespace violet

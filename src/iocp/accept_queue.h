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
  // AcceptEx() writes the two addresses here, and asks for 16 bytes more than each has.
  static constexpr DWORD kAddressRoom = sizeof(sockaddr_in6) + 16;

  Operation operation;
  ChannelRecord* record;
  OwnedDescriptor socket;
  std::uint32_t order;  // in which it was accepted
  AcceptState state;
  char addresses[2 * kAddressRoom];
};

// The accepts of one listener. Each needs a socket of its own before a client comes, so there are
// only a few; while they are on their way to our user, the system queues further clients.
struct AcceptQueue {
  static constexpr unsigned int kSlots = 8;
  // How many a pipe has if nobody says otherwise: each is an open instance, whether a client comes
  // or not.
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

// False when out of memory, or if the channel's file does not listen.
bool open_accept_queue(ChannelRecord& record);
// Posts the idle slots. Returns how many more the kernel has now.
unsigned int post_accepts(ChannelRecord& record);
// To be called when a slot's packet has come.
void complete_accept(AcceptSlot& slot);
// Closes the connections that nobody took, and cancels the accepts that are posted.
void cancel_accepts(ChannelRecord& record);
// As Engine::take_connection(), from the slots that are accepted.
int take_accepted(AcceptQueue& queue, OwnedDescriptor& connection);

}  // namespace violet

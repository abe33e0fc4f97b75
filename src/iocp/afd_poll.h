// Readiness of sockets on Windows: a poll request to the driver behind Winsock, which reports to
// the port. Winsock offers nothing of the kind that scales; the driver's requests are what select()
// and WSAPoll() are made of, unchanged since Windows 2000.
#pragma once

#include "engine.h"
#include "iocp/operation.h"
#include "iocp/port.h"

namespace violet {

// The driver's request, for one socket.
struct AfdPollInfo {
  LARGE_INTEGER timeout;
  ULONG handle_count;
  ULONG exclusive;
  HANDLE handle;
  ULONG events;
  LONG status;
};

enum class AfdPollState : std::uint8_t {
  kIdle,       // the driver knows nothing of us
  kPending,    // it watches for `polled`
  kCancelled,  // it was asked to give up; the packet has not come
};

// One socket's poll: one request at a time, which ends with the first events.
struct AfdPoll {
  Operation operation;
  AfdPollInfo info;
  Events polled;
  AfdPollState state;
};

// The handle that carries the requests of all sockets of a loop.
class AfdDevice {
 public:
  // 0 or a negative UV_E*. To be called before the first poll.
  int open(Port& port);
  void close();

  // The socket below layers that other software may have put on top: what the driver knows.
  static SOCKET base_socket(SOCKET socket);

  enum class Started : std::uint8_t {
    kPending,  // its packet will come, which the caller counts
    kOver,     // it is over, and no packet comes
    kRefused,  // the driver does not poll it
  };
  // Of an idle poll.
  Started start(AfdPoll& poll, SOCKET base, Events wanted);
  // Of a pending one.
  void cancel(AfdPoll& poll);

  // What a finished poll found, as the engine's events; nothing for a cancelled one.
  static Events events_of(const AfdPoll& poll);

 private:
  HANDLE device_ = nullptr;
  bool skips_packets_ = false;
};

}  // namespace violet

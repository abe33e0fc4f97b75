// Whether the kernel can receive ahead, found by trying when the first socket is read: a program
// that never reads one starts without the trial.
#include <sys/socket.h>

#include "os/thread.h"
#include "uring/loop_ring.h"
#include "uring/support.h"
#include "uring/trial.h"

namespace violet {
namespace {

constexpr unsigned int kEntries = 8;

ReceiveSupport support;
Once tried;

// A kernel that was seen to have incremental buffers (6.12) has had the others for years (6.0).
void try_with(Ring& ring) {
  const ForbiddenNames& forbidden = forbidden_names();
  const bool may_receive = !forbidden.contains("multishot receive");
  support.incremental_buffers = may_receive && !forbidden.contains("incremental buffers") &&
                                receives_many(ring, SOCK_STREAM, true);
  support.streams =
      support.incremental_buffers || (may_receive && receives_many(ring, SOCK_STREAM, false));
  support.datagrams = !forbidden.contains("multishot receive of datagrams") &&
                      (support.incremental_buffers || receives_many(ring, SOCK_SEQPACKET, false));
}

void try_all() {
  const UringSupport& offered = uring_support();
  if (offered.error != 0) return;
  Ring ring;
  const int error =
      once_memory_is_back([&] { return ring.open(kEntries, offered.setup_flags, false); });
  if (error == 0 && ring.enable() == 0) try_with(ring);
  ring.close();
}

}  // namespace

const ReceiveSupport& receive_support() {
  tried.call(try_all);
  return support;
}

}  // namespace violet

// What the engine tells of the kernel's features, each that is not in use with the reason.
#include "os/thread.h"
#include "uring/engine_class.h"

namespace violet {
namespace {

constexpr std::size_t kMaxFeatures = 16;

Feature told[kMaxFeatures];
std::size_t told_count;
Once described;

void describe(const char* name, bool in_use, const char* refusal) {
  if (forbidden_names().contains(name)) refusal = "forbidden by VIOLET_URING_FORBID";
  told[told_count++] = {name, in_use ? nullptr : refusal};
}

void describe_setup() {
  constexpr unsigned int kCooperative = IORING_SETUP_COOP_TASKRUN | IORING_SETUP_DEFER_TASKRUN;
  const ForbiddenNames& forbidden = forbidden_names();
  const unsigned int flags = uring_support().setup_flags;
  const bool no_issuer = forbidden.contains("single issuer");
  const bool no_deferred = forbidden.contains("deferred work");
  const bool no_cooperative = forbidden.contains("cooperative work");
  describe("single issuer", (flags & IORING_SETUP_SINGLE_ISSUER) != 0,
           no_deferred || no_cooperative ? "used with deferred work only"
                                         : "io_uring_setup refused the flag (kernel 6.0)");
  describe("deferred work", (flags & IORING_SETUP_DEFER_TASKRUN) != 0,
           no_issuer || no_cooperative ? "needs single issuer and cooperative work"
                                       : "io_uring_setup refused the flag (kernel 6.1)");
  describe("cooperative work", (flags & kCooperative) != 0,
           "io_uring_setup refused the flag (kernel 5.19)");
}

void describe_receiving() {
  const ReceiveSupport& receive = receive_support();
  describe("multishot receive", receive.streams,
           "the self-test failed (kernel 6.0): sockets are read by readiness");
  describe("incremental buffers", receive.incremental_buffers,
           receive.streams ? "the self-test failed (kernel 6.12): each receive takes a whole buffer"
                           : "needs multishot receive");
  describe("multishot receive of datagrams", receive.datagrams,
           "the self-test failed (kernel 6.0): datagrams are read by readiness");
}

void describe_all() {
  describe_setup();
  describe_receiving();
  describe("file reads", uring_support().read,
           "the kernel lacks the opcodes (kernel 5.6): files are read by the thread pool");
  describe("idle waits are not disk wait", uring_support().no_disk_wait,
           "the feature bit is missing (kernel 6.15)");
}

}  // namespace

const Feature* UringEngine::features(std::size_t& count) const {
  described.call(describe_all);
  count = told_count;
  return told;
}

}  // namespace violet

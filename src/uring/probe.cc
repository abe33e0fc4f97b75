// What this kernel offers, found by trying it.
#include <sys/socket.h>

#include <cstdio>

#include "os/environment.h"
#include "os/thread.h"
#include "uring/engine_class.h"
#include "uring/forbid.h"
#include "uring/trial.h"

namespace violet {
namespace {

// The best set of flags first; each kernel takes the first that it knows all of. A single issuer
// without deferred work would lose bytes when the loop moves to another thread: the old one
// receives on, and nobody else may withdraw its buffers.
constexpr unsigned int kSetupChoices[] = {
    kPoliteSetup | IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN,
    kPoliteSetup | IORING_SETUP_COOP_TASKRUN,
    0,
};

struct NeededOp {
  int opcode;
  const char* name;
  const char* lacking;
  const char* forbidden;
};

constexpr NeededOp kNeededOps[] = {
    {IORING_OP_POLL_ADD, "poll", "the kernel lacks the opcode poll",
     "VIOLET_URING_FORBID forbids the opcode poll"},
    {IORING_OP_ASYNC_CANCEL, "cancel", "the kernel lacks the opcode cancel",
     "VIOLET_URING_FORBID forbids the opcode cancel"},
    {IORING_OP_SEND, "send", "the kernel lacks the opcode send",
     "VIOLET_URING_FORBID forbids the opcode send"},
    {IORING_OP_SENDMSG, "sendmsg", "the kernel lacks the opcode sendmsg",
     "VIOLET_URING_FORBID forbids the opcode sendmsg"},
};

constexpr const char* kForbidden = "forbidden by VIOLET_URING_FORBID";

UringSupport support;
Once probed;

const char* refusal_of_setup(int error) {
  switch (error) {
    case UV_ENOSYS:
      return "io_uring_setup: the kernel has no io_uring";
    case UV_EPERM:
      return "io_uring_setup: refused by kernel.io_uring_disabled or seccomp";
    case UV_ENOMEM:
      return kNoLockableMemory;
    default:
      return "io_uring_setup failed";
  }
}

int open_ring_with(Ring& ring, unsigned int setup_flags) {
  int error = ring.open(8, setup_flags, false);
  if (error == 0) error = ring.enable();
  if (error != 0) ring.close();
  return error;
}

// What the kernel tells of its opcodes.
class Opcodes {
 public:
  explicit Opcodes(Ring& ring) : told_(io_uring_get_probe_ring(ring.raw())) {}
  Opcodes(const Opcodes&) = delete;
  Opcodes& operator=(const Opcodes&) = delete;
  ~Opcodes() {
    if (told_ != nullptr) io_uring_free_probe(told_);
  }
  bool are_told() const { return told_ != nullptr; }
  bool contain(int opcode) const { return io_uring_opcode_supported(told_, opcode) != 0; }

 private:
  io_uring_probe* told_;
};

// Null when the engine can have every opcode that it cannot do without; else why not.
const char* refusal_of_ops(const Opcodes& opcodes, const ForbiddenNames& forbidden) {
  if (!opcodes.are_told()) return "the kernel does not tell which opcodes it has";
  const char* refusal = nullptr;
  for (const NeededOp& op : kNeededOps) {
    if (!opcodes.contain(op.opcode)) refusal = op.lacking;
    if (forbidden.contains(op.name)) refusal = op.forbidden;
  }
  return refusal;
}

void describe(const char* name, bool in_use, bool is_forbidden, const char* refusal) {
  if (is_forbidden) refusal = kForbidden;
  support.features[support.feature_count++] = {name, in_use ? nullptr : refusal};
}

void describe_setup(const ForbiddenNames& forbidden) {
  constexpr unsigned int kCooperative = IORING_SETUP_COOP_TASKRUN | IORING_SETUP_DEFER_TASKRUN;
  auto add = [&](const char* name, unsigned int flags, const char* refusal) {
    describe(name, (support.setup_flags & flags) != 0, forbidden.contains(name), refusal);
  };
  const bool no_issuer = forbidden.contains("single issuer");
  const bool no_deferred = forbidden.contains("deferred work");
  const bool no_cooperative = forbidden.contains("cooperative work");
  add("single issuer", IORING_SETUP_SINGLE_ISSUER,
      no_deferred || no_cooperative ? "used with deferred work only"
                                    : "io_uring_setup refused the flag (kernel 6.0)");
  add("deferred work", IORING_SETUP_DEFER_TASKRUN,
      no_issuer || no_cooperative ? "needs single issuer and cooperative work"
                                  : "io_uring_setup refused the flag (kernel 6.1)");
  add("cooperative work", kCooperative, "io_uring_setup refused the flag (kernel 5.19)");
}

void probe_disk_wait(Ring& ring, const ForbiddenNames& forbidden) {
  constexpr const char* kName = "idle waits are not disk wait";
  const bool is_forbidden = forbidden.contains(kName);
  support.no_disk_wait = !is_forbidden && (ring.raw()->features & kernel::kFeatureNoDiskWait) != 0;
  describe(kName, support.no_disk_wait, is_forbidden, "the feature bit is missing (kernel 6.15)");
}

void probe_receive(Ring& ring, const ForbiddenNames& forbidden) {
  const bool no_receive = forbidden.contains("multishot receive");
  const bool no_incremental = forbidden.contains("incremental buffers");
  support.incremental_buffers =
      !no_receive && !no_incremental && receives_many(ring, SOCK_STREAM, true);
  support.receive =
      support.incremental_buffers || (!no_receive && receives_many(ring, SOCK_STREAM, false));
  describe("multishot receive", support.receive, no_receive,
           "the self-test failed (kernel 6.0): sockets are read by readiness");
  describe("incremental buffers", support.incremental_buffers, no_incremental,
           support.receive ? "the self-test failed (kernel 6.12): each receive takes a whole buffer"
                           : "needs multishot receive");
}

// A kernel that was seen to have incremental buffers (6.12) has had these for years (6.0): what
// need not be tried shortens every program's start.
void probe_datagrams(Ring& ring, const ForbiddenNames& forbidden) {
  constexpr const char* kName = "multishot receive of datagrams";
  const bool is_forbidden = forbidden.contains(kName);
  support.datagrams =
      !is_forbidden && (support.incremental_buffers || receives_many(ring, SOCK_SEQPACKET, false));
  describe(kName, support.datagrams, is_forbidden,
           "the self-test failed (kernel 6.0): datagrams are read by readiness");
}

// Opcodes of 5.6.
void probe_read(const Opcodes& opcodes, const ForbiddenNames& forbidden) {
  const bool is_forbidden = forbidden.contains("file reads");
  support.read =
      !is_forbidden && opcodes.contain(IORING_OP_READ) && opcodes.contain(IORING_OP_READV);
  describe("file reads", support.read, is_forbidden,
           "the kernel lacks the opcodes (kernel 5.6): files are read by the thread pool");
}

void refuse(const char* refusal) {
  support.error = UV_ENOTSUP;
  support.refusal = refusal;
}

void probe_ring(Ring& ring, const ForbiddenNames& forbidden) {
  const Opcodes opcodes(ring);
  if (const char* refusal = refusal_of_ops(opcodes, forbidden)) return refuse(refusal);
  if ((ring.raw()->features & IORING_FEAT_EXT_ARG) == 0) {
    return refuse("the kernel is older than 5.11: a wait has no timeout");
  }
  if (!completes_anything(ring)) return refuse("io_uring_enter: refused, perhaps by seccomp");
  describe_setup(forbidden);
  probe_receive(ring, forbidden);
  probe_datagrams(ring, forbidden);
  probe_read(opcodes, forbidden);
  probe_disk_wait(ring, forbidden);
}

unsigned int forbidden_setup_flags(const ForbiddenNames& forbidden) {
  unsigned int flags = 0;
  if (forbidden.contains("single issuer")) flags |= IORING_SETUP_SINGLE_ISSUER;
  if (forbidden.contains("deferred work")) flags |= IORING_SETUP_DEFER_TASKRUN;
  if (forbidden.contains("cooperative work")) {
    flags |= IORING_SETUP_COOP_TASKRUN | IORING_SETUP_DEFER_TASKRUN;
  }
  return flags;
}

void probe_without(const ForbiddenNames& forbidden) {
  Ring ring;
  const unsigned int forbidden_flags = forbidden_setup_flags(forbidden);
  for (unsigned int flags : kSetupChoices) {
    if ((flags & forbidden_flags) != 0) continue;
    support.error = once_memory_is_back([&] { return open_ring_with(ring, flags); });
    support.setup_flags = flags;
    if (support.error != UV_EINVAL) break;
  }
  if (support.error != 0) {
    support.refusal = refusal_of_setup(support.error);
    // Not ours to run out of: a loop can be had without it.
    if (support.error == UV_ENOMEM) support.error = UV_ENOTSUP;
    return;
  }
  probe_ring(ring, forbidden);
  ring.close();
}

void probe() {
  char list[512];
  const char* name = "VIOLET_URING_FORBID";
  const int length = environment_value(name, list, sizeof(list));
  ForbiddenNames forbidden(length < 0 ? nullptr : list);
  forbidden.for_each_unknown([&](const char* text, std::size_t size) {
    std::fprintf(stderr, "violet: %s: nothing is called '%.*s'; see `violet doctor`\n", name,
                 static_cast<int>(size), text);
  });
  probe_without(forbidden);
}

}  // namespace

const UringSupport& uring_support() {
  probed.call(probe);
  return support;
}

const Feature* UringEngine::features(std::size_t& count) const {
  count = uring_support().feature_count;
  return uring_support().features;
}

}  // namespace violet

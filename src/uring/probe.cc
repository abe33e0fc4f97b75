// Whether there is an engine on this kernel: with which flags rings are set up, and which opcodes
// there are. A descriptor without its queues is enough to find out.
// What need not be known at the start is found when it is first needed (receive_support.cc).
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdio>

#include "base/error.h"
#include "os/environment.h"
#include "os/thread.h"
#include "uring/loop_ring.h"
#include "uring/support.h"

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
  unsigned int opcode;
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

UringSupport support;
Once probed;

// Not set anew by the start of a program that has made a loop before it.
char forbidden_list[512];
constinit ForbiddenNames forbidden(nullptr);

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

// A ring without its queues.
class BareRing {
 public:
  BareRing() = default;
  BareRing(const BareRing&) = delete;
  BareRing& operator=(const BareRing&) = delete;
  ~BareRing() { close(); }

  int open(unsigned int setup_flags) {
    parameters_ = {};
    parameters_.flags = Ring::setup_flags_with(setup_flags);
    parameters_.cq_entries = kEntries;
    fd_ = static_cast<int>(syscall(SYS_io_uring_setup, kEntries, &parameters_));
    return fd_ >= 0 ? 0 : last_error();
  }
  int enable() {
    return syscall(SYS_io_uring_register, fd_, IORING_REGISTER_ENABLE_RINGS, nullptr, 0) < 0
               ? last_error()
               : 0;
  }
  void close() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }
  bool has_feature(unsigned int feature) const { return (parameters_.features & feature) != 0; }
  // A filter may let rings be made and yet forbid their use.
  bool may_be_entered() const { return syscall(SYS_io_uring_enter, fd_, 0, 0, 0, nullptr, 0) >= 0; }
  int fd() const { return fd_; }

 private:
  static constexpr unsigned int kEntries = 8;

  io_uring_params parameters_ = {};
  int fd_ = -1;
};

int open_ring_with(BareRing& ring, unsigned int setup_flags) {
  int error = ring.open(setup_flags);
  if (error == 0) error = ring.enable();
  if (error != 0) ring.close();
  return error;
}

// What the kernel tells of its opcodes.
class Opcodes {
 public:
  explicit Opcodes(const BareRing& ring) {
    are_told_ =
        syscall(SYS_io_uring_register, ring.fd(), IORING_REGISTER_PROBE, bytes_, kCount) >= 0;
  }
  bool are_told() const { return are_told_; }
  bool contain(unsigned int opcode) const {
    return opcode <= told().last_op && (told().ops[opcode].flags & IO_URING_OP_SUPPORTED) != 0;
  }

 private:
  static constexpr unsigned int kCount = 256;

  const io_uring_probe& told() const { return *reinterpret_cast<const io_uring_probe*>(bytes_); }

  // The kernel's array follows its header.
  alignas(
      io_uring_probe) char bytes_[sizeof(io_uring_probe) + kCount * sizeof(io_uring_probe_op)] = {};
  bool are_told_;
};

// Null when the engine can have every opcode that it cannot do without; else why not.
const char* refusal_of_ops(const Opcodes& opcodes) {
  if (!opcodes.are_told()) return "the kernel does not tell which opcodes it has";
  const char* refusal = nullptr;
  for (const NeededOp& op : kNeededOps) {
    if (!opcodes.contain(op.opcode)) refusal = op.lacking;
    if (forbidden.contains(op.name)) refusal = op.forbidden;
  }
  return refusal;
}

void refuse(const char* refusal) {
  support.error = UV_ENOTSUP;
  support.refusal = refusal;
}

void probe_ring(const BareRing& ring) {
  const Opcodes opcodes(ring);
  if (const char* refusal = refusal_of_ops(opcodes)) return refuse(refusal);
  if (!ring.has_feature(IORING_FEAT_EXT_ARG)) {
    return refuse("the kernel is older than 5.11: a wait has no timeout");
  }
  if (!ring.may_be_entered()) return refuse("io_uring_enter: refused, perhaps by seccomp");
  support.read = !forbidden.contains("file reads") && opcodes.contain(IORING_OP_READ) &&
                 opcodes.contain(IORING_OP_READV);
  support.no_disk_wait = ring.has_feature(kernel::kFeatureNoDiskWait) &&
                         !forbidden.contains("idle waits are not disk wait");
}

unsigned int forbidden_setup_flags() {
  unsigned int flags = 0;
  if (forbidden.contains("single issuer")) flags |= IORING_SETUP_SINGLE_ISSUER;
  if (forbidden.contains("deferred work")) flags |= IORING_SETUP_DEFER_TASKRUN;
  if (forbidden.contains("cooperative work")) {
    flags |= IORING_SETUP_COOP_TASKRUN | IORING_SETUP_DEFER_TASKRUN;
  }
  return flags;
}

void probe_setup() {
  BareRing ring;
  const unsigned int forbidden_flags = forbidden_setup_flags();
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
  probe_ring(ring);
}

void read_forbidden_names() {
  const char* name = "VIOLET_URING_FORBID";
  const int length = environment_value(name, forbidden_list, sizeof(forbidden_list));
  forbidden = ForbiddenNames(length < 0 ? nullptr : forbidden_list);
  forbidden.for_each_unknown([&](const char* text, std::size_t size) {
    std::fprintf(stderr, "violet: %s: nothing is called '%.*s'; see `violet doctor`\n", name,
                 static_cast<int>(size), text);
  });
}

void probe() {
  read_forbidden_names();
  probe_setup();
}

}  // namespace

const UringSupport& uring_support() {
  probed.call(probe);
  return support;
}

const ForbiddenNames& forbidden_names() {
  probed.call(probe);
  return forbidden;
}

}  // namespace violet

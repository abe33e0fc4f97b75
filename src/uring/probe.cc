// What this kernel offers, found by trying it, and the making of an engine.
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "base/error.h"
#include "os/clock.h"
#include "os/datagram.h"
#include "os/environment.h"
#include "os/thread.h"
#include "uring/engine_class.h"
#include "uring/forbid.h"
#include "uring/trial.h"

namespace violet {
namespace {

constexpr unsigned int kDefaultEntries = 512;
// With incremental buffers a few large ones serve everybody. They are filled in turn, so together
// they have to fit into a usual second-level cache (512 KiB) to be warm when they are read.
constexpr unsigned int kIncrementalBuffers = 16;
constexpr unsigned int kIncrementalBufferSize = 32 * 1024;
constexpr unsigned int kPlainBuffers = 128;
constexpr unsigned int kPlainBufferSize = 8 * 1024;
// Room for the largest datagram, so that none is cut: pages that no large one touches take no
// memory. The size is a multiple of a cache line, so that the kernel's header is aligned, but not
// of a page's size, so that the buffers' starts do not compete for the same cache lines.
constexpr unsigned int kDatagramBuffers = 64;
constexpr unsigned int kDatagramBufferSize = 64 * 1024 + 128;
static_assert(kDatagramBufferSize >= kLargestDatagram + kDatagramHeaderSize);

// The best set of flags first; each kernel takes the first that it knows all of. A single issuer
// without deferred work would lose bytes when the loop moves to another thread: the old one
// receives on, and nobody else may withdraw its buffers.
constexpr unsigned int kPolite = IORING_SETUP_SUBMIT_ALL | IORING_SETUP_TASKRUN_FLAG;
constexpr unsigned int kSetupChoices[] = {
    kPolite | IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN,
    kPolite | IORING_SETUP_COOP_TASKRUN,
    0,
};

// Deferred work does not wake whoever polls the ring's descriptor: it comes about in our own waits
// only.
constexpr unsigned int kEmbeddedSetup = kPolite | IORING_SETUP_COOP_TASKRUN;

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

constexpr const char* kNoLockableMemory =
    "io_uring_setup: the user's locked memory is used up (RLIMIT_MEMLOCK)";

// A ring counts as locked memory of its user, and the kernel gives that back some time after the
// ring was closed: up to 32 ms were seen with 6.18. So who makes and closes loops in turn meets
// UV_ENOMEM that waiting cures.
template <typename Attempt>
int once_memory_is_back(Attempt attempt) {
  constexpr int kAttempts = 100;
  int error = attempt();
  for (int i = 1; error == UV_ENOMEM && i < kAttempts; ++i) {
    sleep_ms(1);
    error = attempt();
  }
  return error;
}

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

// Null when the engine can have every opcode that it cannot do without; else why not.
const char* refusal_of_ops(Ring& ring, const ForbiddenNames& forbidden) {
  io_uring_probe* probe = io_uring_get_probe_ring(ring.raw());
  if (probe == nullptr) return "the kernel does not tell which opcodes it has";
  const char* refusal = nullptr;
  for (const NeededOp& op : kNeededOps) {
    if (io_uring_opcode_supported(probe, op.opcode) == 0) refusal = op.lacking;
    if (forbidden.contains(op.name)) refusal = op.forbidden;
  }
  io_uring_free_probe(probe);
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

void probe_datagrams(Ring& ring, const ForbiddenNames& forbidden) {
  constexpr const char* kName = "multishot receive of datagrams";
  const bool is_forbidden = forbidden.contains(kName);
  support.datagrams = !is_forbidden && receives_many(ring, SOCK_SEQPACKET, false);
  describe(kName, support.datagrams, is_forbidden,
           "the self-test failed (kernel 6.0): datagrams are read by readiness");
}

void probe_accept(Ring& ring, const ForbiddenNames& forbidden) {
  const bool is_forbidden = forbidden.contains("multishot accept");
  support.accept = !is_forbidden && accepts_many(ring);
  describe("multishot accept", support.accept, is_forbidden,
           "the self-test failed (kernel 5.19): listeners are polled");
}

// Opcodes of 5.6.
void probe_read(Ring& ring, const ForbiddenNames& forbidden) {
  const bool is_forbidden = forbidden.contains("file reads");
  io_uring_probe* probe = io_uring_get_probe_ring(ring.raw());
  support.read = !is_forbidden && probe != nullptr &&
                 io_uring_opcode_supported(probe, IORING_OP_READ) != 0 &&
                 io_uring_opcode_supported(probe, IORING_OP_READV) != 0;
  if (probe != nullptr) io_uring_free_probe(probe);
  describe("file reads", support.read, is_forbidden,
           "the kernel lacks the opcodes (kernel 5.6): files are read by the thread pool");
}

void refuse(const char* refusal) {
  support.error = UV_ENOTSUP;
  support.refusal = refusal;
}

void probe_ring(Ring& ring, const ForbiddenNames& forbidden) {
  if (const char* refusal = refusal_of_ops(ring, forbidden)) return refuse(refusal);
  if ((ring.raw()->features & IORING_FEAT_EXT_ARG) == 0) {
    return refuse("the kernel is older than 5.11: a wait has no timeout");
  }
  if (!completes_anything(ring)) return refuse("io_uring_enter: refused, perhaps by seccomp");
  describe_setup(forbidden);
  probe_receive(ring, forbidden);
  probe_datagrams(ring, forbidden);
  probe_accept(ring, forbidden);
  probe_read(ring, forbidden);
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

// A number from the environment, for tests and experiments; `fallback` if unset or out of range.
unsigned int setting(const char* name, unsigned int fallback, unsigned int maximum) {
  char text[16];
  int length = environment_value(name, text, sizeof(text));
  if (length <= 0 || length >= static_cast<int>(sizeof(text))) return fallback;
  unsigned long value = std::strtoul(text, nullptr, 10);
  return value == 0 || value > maximum ? fallback : static_cast<unsigned int>(value);
}

unsigned int power_of_two(unsigned int value) {
  unsigned int power = 1;
  while (power < value)
    power *= 2;
  return power;
}

bool is_switched_off() {
  char value[4];
  return environment_value("UV_USE_IO_URING", value, sizeof(value)) == 1 && value[0] == '0';
}

bool wants_writes_at_once() {
  char value[8];
  return environment_value("VIOLET_URING_WRITES", value, sizeof(value)) > 0 &&
         std::strcmp(value, "now") == 0;
}

int create_uring(Engine*& engine, const char*& refusal) {
  UringEngine* created = create<UringEngine>();
  if (created == nullptr) {
    refusal = "out of memory";
    return UV_ENOMEM;
  }
  if (int error = created->open(refusal); error != 0) {
    created->destroy();
    return error;
  }
  engine = created;
  return 0;
}

}  // namespace

const EngineFactory kUringFactory = {"uring", create_uring};

const UringSupport& uring_support() {
  probed.call(probe);
  return support;
}

UringEngine::UringEngine() {
  changes_.reset();
  deliverable_.reset();
  datagram_shape_.msg_namelen = kSenderSize;
}

int UringEngine::open(const char*& refusal) {
  if (is_switched_off()) {
    refusal = "UV_USE_IO_URING=0 is set";
    return UV_ENOTSUP;
  }
  if (is_privileged_start()) {
    refusal = "the program runs with raised privileges (AT_SECURE)";
    return UV_ENOTSUP;
  }
  const UringSupport& offered = uring_support();
  if (offered.error != 0) {
    refusal = offered.refusal;
    return offered.error;
  }
  if (int error = open_ring_patiently(); error != 0) {
    refusal = error == UV_ENOMEM ? kNoLockableMemory : "io_uring_setup failed";
    return error == UV_ENOMEM ? UV_ENOTSUP : error;
  }
  if (int error = open_wake_event(); error != 0) {
    refusal = "eventfd failed";
    return error;
  }
  writes_at_once_ = wants_writes_at_once();
  return 0;
}

const Feature* UringEngine::features(std::size_t& count) const {
  count = uring_support().feature_count;
  return uring_support().features;
}

int UringEngine::open_ring() {
  const UringSupport& offered = uring_support();
  unsigned int entries = setting("VIOLET_URING_ENTRIES", kDefaultEntries, 32768);
  unsigned int flags = offered.setup_flags;
  if (embedded_ && (flags & IORING_SETUP_DEFER_TASKRUN) != 0) flags = kEmbeddedSetup;
  const int error = ring_.open(entries, flags, offered.no_disk_wait);
  descriptor_changed(ring_.fd());
  return error;
}

int UringEngine::open_ring_patiently() {
  return once_memory_is_back([this] { return open_ring(); });
}

int UringEngine::open_wake_event() {
  const unsigned int count = wake_is_under_way_.load(std::memory_order_seq_cst) ? 1 : 0;
  wake_event_ = eventfd(count, EFD_CLOEXEC | EFD_NONBLOCK);
  return wake_event_ >= 0 ? 0 : last_error();
}

// Without them sockets are read by readiness.
void UringEngine::open_buffers() {
  const UringSupport& offered = uring_support();
  if (!offered.receive) return;
  bool incremental = offered.incremental_buffers;
  unsigned int count =
      setting("VIOLET_URING_BUFFERS", incremental ? kIncrementalBuffers : kPlainBuffers, 32768);
  unsigned int size = setting("VIOLET_URING_BUFFER_SIZE",
                              incremental ? kIncrementalBufferSize : kPlainBufferSize, 1 << 20);
  buffers_.open(ring_.raw(), power_of_two(count), size, incremental);
}

// For the first socket that receives into them. Without them it is read by readiness.
void UringEngine::open_datagram_buffers() {
  if (datagram_buffers_.is_open() || !uring_support().datagrams) return;
  const unsigned int count = setting("VIOLET_URING_BUFFERS", kDatagramBuffers, 32768);
  datagram_buffers_.open(ring_.raw(), power_of_two(count), kDatagramBufferSize, false);
}

void UringEngine::destroy() {
  files_.close();
  ring_.close();
  buffers_.close();
  datagram_buffers_.close();
  if (wake_event_ >= 0) close(wake_event_);
  while (Chunk* chunk = free_chunks_) {
    free_chunks_ = chunk->next;
    violet::destroy(chunk);
  }
  violet::destroy(this);
}

}  // namespace violet

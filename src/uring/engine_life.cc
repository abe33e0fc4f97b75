// How an engine is made and destroyed.
#include <sys/auxv.h>

#include "base/allocator.h"
#include "uring/engine_class.h"
#include "uring/settings.h"

namespace violet {
namespace {

// Whether the program was started with more privileges than its user has.
bool is_privileged_start() {
  return getauxval(AT_SECURE) != 0;
}

}  // namespace

const EngineFactory kUringFactory = {"uring", create_engine<UringEngine>};

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
  if (int error = wake_event_.open(); error != 0) {
    refusal = "eventfd failed";
    return error;
  }
  writes_at_once_ = wants_writes_at_once();
  return 0;
}

// The buffers go after the ring: the kernel may receive into them until then.
void UringEngine::destroy() {
  files_.close();
  ring_.close();
  arrivals_.close_buffers();
  wake_event_.close();
  violet::destroy(this);
}

}  // namespace violet

// Creating and destroying the engine.
#include "base/allocator.h"
#include "iocp/engine_class.h"
#include "iocp/extension_functions.h"

namespace violet {
namespace {

constexpr Feature kFeatures[] = {
    {"completion port wake-up", nullptr},
    {"readiness of sockets by AFD", nullptr},
    {"receives and accepts ahead", nullptr},
    {"named pipes", nullptr},
    {"watched folders", nullptr},
};

// How long the engine waits at its end for the packets of cancelled operations. They come at once
// unless a driver is broken. In that case the memory is leaked, because the kernel may still write
// into it.
constexpr unsigned long kLastPacketsMs = 1000;

}  // namespace

const EngineFactory kIocpFactory = {"iocp", create_engine<IocpEngine>};

int IocpEngine::open(const char*& refusal) {
  if (int error = start_winsock(); error != 0) {
    refusal = "Winsock does not start";
    return error;
  }
  wake_.prepare(OperationKind::kWake);
  if (port_.open()) return 0;
  refusal = "CreateIoCompletionPort failed";
  return UV_ENOMEM;
}

const Feature* IocpEngine::features(std::size_t& count) const {
  count = sizeof(kFeatures) / sizeof(kFeatures[0]);
  return kFeatures;
}

void IocpEngine::destroy() {
  ReadyList nobody;
  // Cancels the connects that wait for an instance of a pipe.
  pipe_ops_.close();
  while (port_.owes_packets()) {
    if (reap(kLastPacketsMs, nobody) == 0 && port_.owes_packets()) return;
  }
  interest_.close();
  port_.close();
  violet::destroy(this);
}

}  // namespace violet

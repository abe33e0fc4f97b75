// Creating the engine.
#include <windows.h>

#include "base/allocator.h"
#include "iocp/engine_class.h"

namespace violet {
namespace {

constexpr Feature kFeatures[] = {
    {"completion port wake-up", nullptr},
    {"readiness of sockets", "not written yet"},
    {"operations on sockets and pipes", "not written yet"},
};

}  // namespace

const EngineFactory kIocpFactory = {"iocp", create_engine<IocpEngine>};

int IocpEngine::open(const char*& refusal) {
  // One thread at a time takes packets: the loop's.
  port_ = CreateIoCompletionPort(INVALID_HANDLE_VALUE, nullptr, 0, 1);
  if (port_ != nullptr) return 0;
  refusal = "CreateIoCompletionPort failed";
  return UV_ENOMEM;
}

const Feature* IocpEngine::features(std::size_t& count) const {
  count = sizeof(kFeatures) / sizeof(kFeatures[0]);
  return kFeatures;
}

void IocpEngine::destroy() {
  if (port_ != nullptr) CloseHandle(port_);
  violet::destroy(this);
}

}  // namespace violet

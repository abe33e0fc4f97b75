// Creating the engine.
#include <windows.h>

#include "core/allocator.h"
#include "iocp/engine.h"

namespace violet {
namespace {

constexpr Feature kFeatures[] = {
    {"completion port wake-up", nullptr},
    {"readiness of sockets", "not written yet"},
    {"operations on sockets and pipes", "not written yet"},
};

int create_iocp(Backend*& backend, const char*& refusal) {
  IocpBackend* created = create<IocpBackend>();
  if (created == nullptr) {
    refusal = "out of memory";
    return UV_ENOMEM;
  }
  if (int error = created->open(refusal); error != 0) {
    created->destroy();
    return error;
  }
  backend = created;
  return 0;
}

}  // namespace

const BackendFactory kIocpFactory = {"iocp", create_iocp};

int IocpBackend::open(const char*& refusal) {
  // One thread at a time takes packets: the loop's.
  port_ = CreateIoCompletionPort(INVALID_HANDLE_VALUE, nullptr, 0, 1);
  if (port_ != nullptr) return 0;
  refusal = "CreateIoCompletionPort failed";
  return UV_ENOMEM;
}

const Feature* IocpBackend::features(std::size_t& count) const {
  count = sizeof(kFeatures) / sizeof(kFeatures[0]);
  return kFeatures;
}

void IocpBackend::destroy() {
  if (port_ != nullptr) CloseHandle(port_);
  violet::destroy(this);
}

}  // namespace violet

#include "iocp/child_wait.h"

#include "base/allocator.h"
#include "os/windows/windows_error.h"
#include "uv.h"

namespace violet {
namespace {

void CALLBACK on_end(void* argument, BOOLEAN) {
  ChildWait& wait = *static_cast<ChildWait*>(argument);
  wait.port->post(wait.operation);
  wait.has_posted.store(true, std::memory_order_release);
}

}  // namespace

ChildWait* start_child_wait(ChannelRecord& record, HANDLE process, Port& port, int& error) {
  ChildWait* wait = create<ChildWait>();
  error = wait == nullptr ? UV_ENOMEM : 0;
  if (wait == nullptr) return nullptr;
  wait->operation.prepare(OperationKind::kChild);
  wait->record = &record;
  wait->port = &port;
  if (RegisterWaitForSingleObject(&wait->registration, process, on_end, wait, INFINITE,
                                  WT_EXECUTEONLYONCE | WT_EXECUTEINWAITTHREAD)) {
    return wait;
  }
  error = last_windows_error();
  destroy(wait);
  return nullptr;
}

bool end_child_wait(ChildWait& wait) {
  // With INVALID_HANDLE_VALUE this returns only when the system's thread has left our callback.
  UnregisterWaitEx(wait.registration, INVALID_HANDLE_VALUE);
  wait.record = nullptr;
  if (!wait.has_ended && wait.has_posted.load(std::memory_order_acquire)) return true;
  destroy(&wait);
  return false;
}

}  // namespace violet

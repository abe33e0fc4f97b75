#include "request/work.h"

#include "core/call.h"

namespace violet {
namespace {

uv_work_t* public_request(Work& request) {
  return reinterpret_cast<uv_work_t*>(&request);
}

void work(WorkItem& item) {
  Work& request = request_of<Work>(item);
  call_program_on_pool(request.work_callback, public_request(request));
}

void on_finished(RemoteItem& item, Loop& loop) {
  Work& request = request_of<Work>(item);
  end_request(loop);
  if (request.after_work_callback == nullptr) return;
  call_program(CallbackKind::kAfterWork, request.after_work_callback, public_request(request),
               request.space.content.status);
}

}  // namespace

int queue_work(Loop& loop, Work& request, uv_work_cb work_callback,
               uv_after_work_cb after_work_callback) {
  request.public_loop = loop.public_loop;
  request.work_callback = work_callback;
  request.after_work_callback = after_work_callback;
  return begin_on_pool(loop, request, UV_WORK, Lane::kCompute, work, on_finished);
}

}  // namespace violet

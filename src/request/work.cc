#include "request/work.h"

namespace violet {
namespace {

uv_work_t* public_request(Work& request) {
  return reinterpret_cast<uv_work_t*>(&request);
}

void work(WorkItem& item) {
  Work& request = request_of<Work>(item);
  request.work(public_request(request));
}

void on_finished(RemoteItem& item, Loop& loop) {
  Work& request = request_of<Work>(item);
  end_request(loop);
  if (request.after_work == nullptr) return;
  request.after_work(public_request(request), request.space.content.status);
}

}  // namespace

int queue_work(Loop& loop, Work& request, uv_work_cb work_callback, uv_after_work_cb after_work) {
  request.public_loop = loop.public_loop;
  request.work = work_callback;
  request.after_work = after_work;
  return begin_on_pool(loop, request, UV_WORK, Lane::kCompute, work, on_finished);
}

}  // namespace violet

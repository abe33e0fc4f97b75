// What the requests that run on the thread pool have in common: their piece of work lies in the
// space after their header.
#pragma once

#include <cstddef>

#include "core/loop.h"
#include "core/request.h"
#include "threadpool/pool.h"

namespace violet {

// The front of each of them, whatever its type.
struct PoolRequest {
  RequestHeader header;
  RequestSpace<WorkItem> space;
};

template <typename Request>
Request& request_of(WorkItem& item) {
  static_assert(offsetof(Request, space) == offsetof(PoolRequest, space));
  return object_from_member<Request>(&item, offsetof(Request, space));
}

template <typename Request>
Request& request_of(RemoteItem& finished) {
  static_assert(offsetof(WorkItem, finished) == 0);
  return request_of<Request>(reinterpret_cast<WorkItem&>(finished));
}

// 0, or a negative UV_E* when there is no thread; the request has not begun then.
template <typename Request>
int begin_on_pool(Loop& loop, Request& request, uv_req_type type, Lane lane,
                  void (*work)(WorkItem&), void (*finished)(RemoteItem&, Loop&)) {
  int error = submit_work(loop, request.space.content, lane, work, finished);
  if (error == 0) begin_request(loop, request.header, type);
  return error;
}

// For a request that is over already: its callback comes where those of the pool's requests do.
template <typename Request>
void begin_finished(Loop& loop, Request& request, uv_req_type type,
                    void (*finished)(RemoteItem&, Loop&)) {
  WorkItem& item = request.space.content;
  mark_finished(item);
  item.finished.run = finished;
  begin_request(loop, request.header, type);
  deliver(loop, item.finished);
}

}  // namespace violet

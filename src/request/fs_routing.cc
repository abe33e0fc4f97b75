#include "request/fs_routing.h"

namespace violet {
namespace {

FsRequest& request_of(WorkItem& item) {
  return object_from_member<FsRequest>(&item, offsetof(FsRequest, space));
}

void work(WorkItem& item) {
  perform_fs(request_of(item));
}

void on_finished(RemoteItem& finished, Loop& loop) {
  WorkItem& item = object_from_member<WorkItem>(&finished, offsetof(WorkItem, finished));
  FsRequest& request = request_of(item);
  if (item.status == UV_ECANCELED) request.result = UV_ECANCELED;
  end_request(loop);
  request.callback(public_handle(request));
}

}  // namespace

void perform_fs(FsRequest& request) {
  request.result = static_cast<ssize_t>(request.operation(request));
}

int route_fs(Loop& loop, FsRequest& request) {
  int error = submit_work(loop, request.space.content, Lane::kFile, work, on_finished);
  if (error == 0) begin_request(loop, request.header, UV_FS);
  return error;
}

}  // namespace violet

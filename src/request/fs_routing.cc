#include "request/fs_routing.h"

#include "request/pool_request.h"

namespace violet {
namespace {

void work(WorkItem& item) {
  perform_fs(request_of<FsRequest>(item));
}

void on_finished(RemoteItem& finished, Loop& loop) {
  FsRequest& request = request_of<FsRequest>(finished);
  if (request.space.content.status == UV_ECANCELED) request.result = UV_ECANCELED;
  end_request(loop);
  request.callback(public_handle(request));
}

}  // namespace

void perform_fs(FsRequest& request) {
  request.result = static_cast<ssize_t>(request.operation(request));
}

int route_fs(Loop& loop, FsRequest& request) {
  return begin_on_pool(loop, request, UV_FS, Lane::kFile, work, on_finished);
}

}  // namespace violet

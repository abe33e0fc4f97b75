#include "request/random.h"

#include "core/call.h"
#include "os/random.h"

namespace violet {
namespace {

void work(WorkItem& item) {
  Random& request = request_of<Random>(item);
  request.status = fill_random(request.buffer, request.size);
}

void on_finished(RemoteItem& item, Loop& loop) {
  Random& request = request_of<Random>(item);
  int cancelled = request.space.content.status;
  end_request(loop);
  call_program(CallbackKind::kRandom, request.callback, reinterpret_cast<uv_random_t*>(&request),
               cancelled != 0 ? cancelled : request.status, request.buffer, request.size);
}

}  // namespace

int fill_random_later(Loop& loop, Random& request, void* buffer, std::size_t size,
                      uv_random_cb callback) {
  request.public_loop = loop.public_loop;
  request.callback = callback;
  request.buffer = buffer;
  request.size = size;
  request.status = 0;
  return begin_on_pool(loop, request, UV_RANDOM, Lane::kCompute, work, on_finished);
}

}  // namespace violet

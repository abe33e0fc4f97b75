// Work that does nothing: what the way to the thread pool and back costs.
#include <vector>

#include "measure.h"

namespace {

constexpr long kItems = 200'000;
constexpr std::size_t kMostUnderWay = 1000;

struct State {
  uv_loop_t loop;
  long left;
};
State state;

void nothing(uv_work_t*) {}

void again(uv_work_t* request, int) {
  if (state.left-- > 0) uv_queue_work(&state.loop, request, nothing, again);
}

void keep_under_way(std::size_t count, long items) {
  std::vector<uv_work_t> requests(count);
  state.left = items - static_cast<long>(count);
  for (uv_work_t& request : requests)
    uv_queue_work(&state.loop, &request, nothing, again);
  uv_run(&state.loop, UV_RUN_DEFAULT);
}

}  // namespace

int main() {
  uv_loop_init(&state.loop);
  bench::measure("one at a time", kItems / 10, [] { keep_under_way(1, kItems / 10); });
  bench::measure("four under way", kItems / 4, [] { keep_under_way(4, kItems / 4); });
  bench::measure("a thousand under way", kItems, [] { keep_under_way(kMostUnderWay, kItems); });
  return uv_loop_close(&state.loop);
}

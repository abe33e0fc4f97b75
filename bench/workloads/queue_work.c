/* Work that does nothing, `depth` under way: the way to the thread pool and back. */
#include "workload.h"

struct item {
  uv_work_t request;
  unsigned worked;
  uint64_t began;
};

static uv_loop_t loop;
static uint64_t operations;

static void work(uv_work_t* request) {
  ++((struct item*)request->data)->worked;
}

static void on_done(uv_work_t* request, int status);

static void queue(struct item* item) {
  item->worked = 0;
  item->began = uv_hrtime();
  require(uv_queue_work(&loop, &item->request, work, on_done), "uv_queue_work");
}

static void on_done(uv_work_t* request, int status) {
  struct item* item = request->data;
  require(status, "the work");
  if (item->worked != 1) cheats("the work was not done once");
  ++operations;
  record_latency(uv_hrtime() - item->began);
  if (!time_is_up()) queue(item);
}

int main(int argc, char** argv) {
  unsigned depth;
  struct item* items;
  options_read(argc, argv);
  depth = option_count("depth", 1);
  items = allocate_zeroed(depth, sizeof(*items));
  require(uv_loop_init(&loop), "uv_loop_init");
  /* The threads start with the first work. */
  items[0].request.data = &items[0];
  require(uv_queue_work(&loop, &items[0].request, work, NULL), "uv_queue_work");
  uv_run(&loop, UV_RUN_DEFAULT);
  await_go();
  for (unsigned i = 0; i < depth; ++i) {
    items[i].request.data = &items[i];
    queue(&items[i]);
  }
  uv_run(&loop, UV_RUN_DEFAULT);
  finish(operations, nanoseconds_since_go(), "");
  return 0;
}

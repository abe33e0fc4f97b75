/*
 * Operations that were started together are independent: the order of their callbacks is left open,
 * and each runs once.
 *
 * rules: FS-07, REF-08
 * count: done = 64
 * count: twice = 0
 * order: done < returned
 */
#include "pairs.h"

static uv_fs_t requests[64];
static int seen[64];

static void on_stat(uv_fs_t* stat) {
  must(stat->result);
  trace("done");
  if (seen[stat - requests]++) trace("twice");
  uv_fs_req_cleanup(stat);
}

static void scenario(uv_loop_t* loop) {
  int i;
  for (i = 0; i < 64; i++)
    must(uv_fs_stat(loop, &requests[i], ".", on_stat));
  must(uv_run(loop, UV_RUN_DEFAULT));
  trace("returned");
}

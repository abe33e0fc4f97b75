/*
 * A copy keeps the source's times; one that fails leaves what it found.
 *
 * rules: FS-16, FS-17
 * differs: libuv 1.44 keeps no times, and removes the target of a copy that failed.
 * [since 1.47] total: copied(seconds=1234567890), onto-fifo(status=EINVAL), stays
 * [before 1.47] count: onto-fifo(status=EINVAL) = 1
 */
#include "trace.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64] = "/tmp/violet-scenario-XXXXXX";
static char from[128];
static char to[128];
static char fifo[128];

static void make_names(void) {
  check(mkdtemp(folder) != NULL);
  snprintf(from, sizeof(from), "%s/from", folder);
  snprintf(to, sizeof(to), "%s/to", folder);
  snprintf(fifo, sizeof(fifo), "%s/fifo", folder);
}

static void remove_all(void) {
  unlink(from);
  unlink(to);
  unlink(fifo);
  rmdir(folder);
}

static void scenario(uv_loop_t* loop) {
  uv_fs_t request;
  struct stat status;
  int file;
  make_names();
  file = open(from, O_WRONLY | O_CREAT, 0600);
  check(write(file, "text", 4) == 4);
  must(close(file));
  must(uv_fs_utime(loop, &request, from, 1000000000, 1234567890, NULL));
  uv_fs_req_cleanup(&request);
  must(uv_fs_copyfile(loop, &request, from, to, 0, NULL));
  uv_fs_req_cleanup(&request);
  must(stat(to, &status));
  trace_int("copied", "seconds", (long long)status.st_mtime);
  must(mkfifo(fifo, 0600));
  /* Open here, so that nobody waits for a reader. */
  file = open(fifo, O_RDWR | O_NONBLOCK);
  trace_status("onto-fifo", uv_fs_copyfile(loop, &request, from, fifo, 0, NULL));
  uv_fs_req_cleanup(&request);
  trace(lstat(fifo, &status) == 0 ? "stays" : "gone");
  close(file);
  remove_all();
}

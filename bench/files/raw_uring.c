/* The ceiling: the reads of load.c by hand on liburing, without a loop, callbacks or requests.
 *     raw_uring CASE DEPTH SECONDS PATH BYTES_OF_FILE */
#define _GNU_SOURCE
#include <fcntl.h>
#include <liburing.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static double now_us(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1e6 + time.tv_nsec / 1e3;
}

static double cpu_us(void) {
  struct rusage use;
  getrusage(RUSAGE_SELF, &use);
  return (use.ru_utime.tv_sec + use.ru_stime.tv_sec) * 1e6 + use.ru_utime.tv_usec +
         use.ru_stime.tv_usec;
}

int main(int argc, char** argv) {
  if (argc != 6) return 2;
  int depth = atoi(argv[2]), flags = O_RDONLY;
  size_t block = strcmp(argv[1], "read64k") == 0 ? 65536 : 4096;
  int drops = strcmp(argv[1], "uncached4k") == 0;
  if (strcmp(argv[1], "direct4k") == 0) flags |= O_DIRECT;
  uint64_t blocks = (uint64_t)atoll(argv[5]) / block, state = 88172645463325252ull, done = 0;
  int file = open(argv[4], flags), left = depth;
  struct io_uring ring;
  if (file < 0 || io_uring_queue_init((unsigned)depth, &ring,
                                      IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN) != 0)
    return 1;
  if (drops) {
    posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
    posix_fadvise(file, 0, 0, POSIX_FADV_RANDOM);
  }
  char** bytes = calloc((size_t)depth, sizeof(*bytes));
  int* free_slots = calloc((size_t)depth, sizeof(*free_slots));
  int free_count = depth;
  for (int i = 0; i < depth; ++i) {
    bytes[i] = aligned_alloc(4096, block);
    free_slots[i] = i;
  }
  double began = now_us(), cpu = cpu_us(), end = began + atof(argv[3]) * 1e6;
  while (left > 0) {
    int over = now_us() >= end;
    while (free_count > 0 && !over) {
      int slot = free_slots[--free_count];
      state ^= state << 13, state ^= state >> 7, state ^= state << 17;
      off_t offset = (off_t)((state % blocks) * block);
      struct io_uring_sqe* entry = io_uring_get_sqe(&ring);
      io_uring_prep_read(entry, file, bytes[slot], (unsigned)block, (uint64_t)offset);
      entry->user_data = (uint64_t)slot;
    }
    if (over) left = depth - free_count;
    if (left == 0) break;
    io_uring_submit_and_wait(&ring, 1);
    struct io_uring_cqe* completion;
    while (io_uring_peek_cqe(&ring, &completion) == 0) {
      if (completion->res < 0) abort();
      free_slots[free_count++] = (int)completion->user_data;
      io_uring_cqe_seen(&ring, completion);
      ++done;
    }
  }
  printf("%.0f %.2f\n", (double)done / (now_us() - began) * 1e6, (cpu_us() - cpu) / (double)done);
  return 0;
}

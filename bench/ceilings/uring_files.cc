// The ceiling for reading a file: the reads of workloads/files.c by hand on liburing, without a
// loop, callbacks or requests.
#include <fcntl.h>
#include <liburing.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "protocol.h"

namespace {

constexpr std::size_t kAlignment = 4096;

struct Slot {
  char* bytes;
  std::uint64_t began;
};

io_uring ring;
std::vector<Slot> slots;
std::vector<std::size_t> idle;
int file;
unsigned block_size;
std::uint64_t blocks, random_state = kFirstRandomState, operations, sum;

void start(std::size_t number) {
  const std::uint64_t offset = next_random(&random_state) % blocks * block_size;
  io_uring_sqe* entry = io_uring_get_sqe(&ring);
  slots[number].began = now_nanoseconds();
  io_uring_prep_read(entry, file, slots[number].bytes, block_size, offset);
  entry->user_data = number;
}

void end(const io_uring_cqe& completion) {
  Slot& slot = slots[completion.user_data];
  if (completion.res != static_cast<int>(block_size)) fail("a read ends early");
  std::uint64_t told;
  std::memcpy(&told, slot.bytes, sizeof(told));
  std::memset(slot.bytes, 0, sizeof(told));
  sum += told;
  ++operations;
  record_latency(now_nanoseconds() - slot.began);
  idle.push_back(completion.user_data);
}

void run() {
  while (true) {
    const bool over = time_is_up();
    while (!over && !idle.empty()) {
      start(idle.back());
      idle.pop_back();
    }
    if (idle.size() == slots.size()) return;
    io_uring_submit_and_wait(&ring, 1);
    io_uring_cqe* completion;
    while (io_uring_peek_cqe(&ring, &completion) == 0) {
      end(*completion);
      io_uring_cqe_seen(&ring, completion);
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  options_read(argc, argv);
  block_size = option_count("bytes", 4096);
  blocks = static_cast<std::uint64_t>(option_number("size", 0)) / block_size;
  slots.resize(option_count("depth", 1));
  file = open(option_text("path", ""), O_RDONLY | (option_count("direct", 0) != 0 ? O_DIRECT : 0));
  if (!option_is("operation", "read")) lacks("only reads by hand");
  if (file < 0 || blocks == 0) fail("cannot open the file");
  if (io_uring_queue_init(static_cast<unsigned>(slots.size()), &ring,
                          IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN) != 0)
    lacks("no io_uring");
  for (std::size_t i = 0; i < slots.size(); ++i) {
    slots[i].bytes = static_cast<char*>(std::aligned_alloc(kAlignment, block_size));
    idle.push_back(i);
  }
  await_go();
  run();
  char more[64];
  std::snprintf(more, sizeof(more), "\"sum\": \"%llu\"", static_cast<unsigned long long>(sum));
  finish(operations, nanoseconds_since_go(), more);
  return 0;
}

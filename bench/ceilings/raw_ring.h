// What the hand-written io_uring servers share: a ring with buffers to receive into.
#pragma once

#include <liburing.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>

#include "protocol.h"

struct RawRing {
  static constexpr int kGroup = 1;

  io_uring ring;
  io_uring_buf_ring* buffers;
  char* storage;
  unsigned buffer_count;
  std::size_t buffer_size;

  void open(unsigned entries, unsigned completions, unsigned count, std::size_t size) {
    io_uring_params parameters = {};
    parameters.flags =
        IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN | IORING_SETUP_CQSIZE;
    parameters.cq_entries = completions;
    if (io_uring_queue_init_params(entries, &ring, &parameters) != 0) lacks("no io_uring");
    buffer_count = count;
    buffer_size = size;
    storage = static_cast<char*>(std::malloc(count * size));
    void* memory = std::aligned_alloc(4096, count * sizeof(io_uring_buf));
    if (storage == nullptr || memory == nullptr) fail("no memory");
    std::memset(memory, 0, count * sizeof(io_uring_buf));
    buffers = static_cast<io_uring_buf_ring*>(memory);
    io_uring_buf_reg registration = {};
    registration.ring_addr = reinterpret_cast<std::uintptr_t>(buffers);
    registration.ring_entries = count;
    registration.bgid = kGroup;
    if (io_uring_register_buf_ring(&ring, &registration, 0) != 0) lacks("no ring of buffers");
    for (unsigned i = 0; i < count; ++i)
      provide(i);
  }

  io_uring_sqe* next_entry() {
    io_uring_sqe* entry = io_uring_get_sqe(&ring);
    while (entry == nullptr) {
      io_uring_submit(&ring);
      entry = io_uring_get_sqe(&ring);
    }
    return entry;
  }

  char* buffer(unsigned number) { return storage + number * buffer_size; }

  void provide(unsigned number) {
    io_uring_buf_ring_add(buffers, buffer(number), static_cast<unsigned>(buffer_size),
                          static_cast<unsigned short>(number), io_uring_buf_ring_mask(buffer_count),
                          0);
    io_uring_buf_ring_advance(buffers, 1);
  }
};

// Which call of the library's is to fail, and what was counted. The library under test is asked by
// nothing but uv.h: its allocations come through uv_replace_allocator(), its calls of the C library
// through functions of this program, which the dynamic linker finds first (interposed.h), and what
// it submits to io_uring through the submission queue (uring_submissions.cc).
#pragma once

#include <atomic>
#include <cstddef>
#include <string>
#include <vector>

#include "kinds.h"

namespace faults {

// A way to fail: the n-th call of one kind answers with one error.
struct Fault {
  std::string kind;  // "allocate", the name of a function, or "uring." and an operation
  int error;         // an errno, or what the function answers instead
};

inline constexpr const char* kAllocation = "allocate";

// Every fault that can be planted in calls of this kind; `all_errors` or the first of each kind.
std::vector<Fault> known_faults(bool all_errors);
std::string describe(const Fault& fault);

// What a run's process and the one that watches it share.
struct Record {
  std::atomic<unsigned> calls[kKindCount];
  std::atomic<bool> planted;  // the fault was met
};

// From now on, in this process, calls are counted.
void count_calls(Record* record);
// And calls number `first` to `first + count - 1` of the kind fail.
void plant(const Fault& fault, unsigned first, unsigned count);
// From now on nothing is counted and nothing fails.
void stop_counting();
bool is_counting();

// Whether this call, of a kind by its number, is to fail now.
bool is_due(std::size_t kind);
int planted_error();

void count_allocations();
// Blocks that were taken from the allocator and not given back.
long live_blocks();

// Turns the entry that is to fail, if it waits in this ring's queue, into one that ends with the
// error.
void plant_in_submissions(int ring);

}  // namespace faults

#include "injection.h"

#include <netdb.h>
#include <uv.h>

#include <cstdlib>
#include <cstring>

#include "kinds.h"

namespace faults {
namespace {

struct Planted {
  std::size_t kind;
  int error;
  unsigned first;
  unsigned count;
};

Planted planted_now;
std::atomic<Record*> record{nullptr};
std::atomic<long> blocks{0};

void* counted(void* block) {
  if (block != nullptr) blocks.fetch_add(1);
  return block;
}

void* allocate(std::size_t size) {
  return is_due(kAllocationKind) ? nullptr : counted(std::malloc(size));
}

void* allocate_zeroed(std::size_t count, std::size_t size) {
  return is_due(kAllocationKind) ? nullptr : counted(std::calloc(count, size));
}

void* reallocate(void* block, std::size_t size) {
  if (is_due(kAllocationKind)) return nullptr;
  return block == nullptr ? counted(std::realloc(block, size)) : std::realloc(block, size);
}

void release(void* block) {
  if (block != nullptr) blocks.fetch_sub(1);
  std::free(block);
}

}  // namespace

// A function of its own: in a debugger, where to stop to see what fails.
[[gnu::noinline]] void struck(Record& counted_in) {
  counted_in.planted.store(true);
}

void count_calls(Record* into) {
  record = into;
  planted_now = {kNoKind, 0, 0, 0};
}

void plant(const Fault& fault, unsigned first, unsigned count) {
  planted_now = {kind_named(fault.kind), fault.error, first, count};
}

void stop_counting() {
  record.store(nullptr);
}

bool is_counting() {
  return record.load() != nullptr;
}

bool is_due(std::size_t kind) {
  Record* const counted_in = record.load();
  if (counted_in == nullptr) return false;
  const unsigned number = counted_in->calls[kind].fetch_add(1) + 1;
  if (kind != planted_now.kind || number < planted_now.first) return false;
  if (number - planted_now.first >= planted_now.count) return false;
  struck(*counted_in);
  return true;
}

int planted_error() {
  return planted_now.error;
}

std::vector<Fault> known_faults(bool all_errors) {
  std::vector<Fault> faults;
  for (const Kind& kind : kKinds) {
    for (const KindError& error : kind.errors) {
      if (error.error == 0) break;
      faults.push_back({std::string(kind.name), error.error});
      if (!all_errors) break;
    }
  }
  return faults;
}

std::string describe(const Fault& fault) {
  const char* name = fault.error > 0 ? strerrorname_np(fault.error) : gai_strerror(fault.error);
  return fault.kind + ":" + name;
}

void count_allocations() {
  uv_replace_allocator(allocate, reallocate, allocate_zeroed, release);
}

long live_blocks() {
  return blocks.load();
}

}  // namespace faults

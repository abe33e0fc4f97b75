#include "library_range.h"

#include <elf.h>
#include <link.h>

#include <cstdint>
#include <cstring>

namespace faults {
namespace {

struct Range {
  std::uintptr_t begin = 0;
  std::uintptr_t end = 0;
};

int look_for_code(dl_phdr_info* object, std::size_t, void* result) {
  if (std::strstr(object->dlpi_name, "libuv.so") == nullptr) return 0;
  for (int i = 0; i < object->dlpi_phnum; ++i) {
    const ElfW(Phdr)& segment = object->dlpi_phdr[i];
    if (segment.p_type != PT_LOAD || (segment.p_flags & PF_X) == 0) continue;
    const std::uintptr_t begin = object->dlpi_addr + segment.p_vaddr;
    *static_cast<Range*>(result) = {begin, begin + segment.p_memsz};
    return 1;
  }
  return 0;
}

Range find_code() {
  Range range;
  dl_iterate_phdr(look_for_code, &range);
  return range;
}

// Found before main(); until then nothing is the library's.
const Range code = find_code();

}  // namespace

bool is_of_library(const void* address) {
  const std::uintptr_t place = reinterpret_cast<std::uintptr_t>(address);
  return place >= code.begin && place < code.end;
}

}  // namespace faults

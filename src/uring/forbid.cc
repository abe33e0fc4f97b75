#include "uring/forbid.h"

#include <cstring>

namespace violet {

bool ForbiddenNames::contains(const char* name) const {
  for (Entry entry = next(list_); entry.text != nullptr; entry = next(entry.rest)) {
    if (names(entry, name)) return true;
  }
  return false;
}

// Spaces around an entry do not count; those within a name do.
ForbiddenNames::Entry ForbiddenNames::next(const char* list) {
  if (*list == '\0') return {nullptr, 0, nullptr};
  const char* end = list + std::strcspn(list, ",");
  const char* rest = *end == ',' ? end + 1 : end;
  while (list < end && *list == ' ')
    ++list;
  while (list < end && end[-1] == ' ')
    --end;
  return {list, static_cast<std::size_t>(end - list), rest};
}

bool ForbiddenNames::names(const Entry& entry, const char* name) {
  return std::strlen(name) == entry.length && std::memcmp(entry.text, name, entry.length) == 0;
}

bool ForbiddenNames::is_known(const Entry& entry) {
  for (const char* name : kForbiddableNames) {
    if (names(entry, name)) return true;
  }
  return false;
}

}  // namespace violet

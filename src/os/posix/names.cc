#include "os/names.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>

#include <uv.h>

#include "base/allocator.h"
#include "os/posix/repeat.h"

namespace violet {
namespace {

char* copy_or_fail(const char* text, int& error) {
  char* copy = duplicate_string(text);
  error = copy == nullptr ? UV_ENOMEM : 0;
  return copy;
}

// Some systems replace any number of them, none as well.
bool has_placeholder(const char* name) {
  constexpr char kPlaceholder[] = "XXXXXX";
  constexpr std::size_t kSize = sizeof(kPlaceholder) - 1;
  const std::size_t length = std::strlen(name);
  return length >= kSize && std::memcmp(name + length - kSize, kPlaceholder, kSize) == 0;
}

}  // namespace

int remove_file(const char* path) {
  return repeat_int([&] { return unlink(path); });
}

int rename_file(const char* path, const char* new_path) {
  return repeat_int([&] { return rename(path, new_path); });
}

int make_link(const char* path, const char* new_path) {
  return repeat_int([&] { return link(path, new_path); });
}

int make_symbolic_link(const char* path, const char* new_path, int) {
  return repeat_int([&] { return symlink(path, new_path); });
}

int make_directory(const char* path, int mode) {
  return repeat_int([&] { return mkdir(path, static_cast<mode_t>(mode)); });
}

int remove_directory(const char* path) {
  return repeat_int([&] { return rmdir(path); });
}

int make_temporary_directory(char* name) {
  if (!has_placeholder(name)) return UV_EINVAL;
  return mkdtemp(name) != nullptr ? 0 : last_error();
}

int make_temporary_file(char* name, uv_file& opened) {
  if (!has_placeholder(name)) return UV_EINVAL;
  const int result = repeat_int([&] { return mkostemp(name, O_CLOEXEC); });
  if (result < 0) return result;
  opened = result;
  return 0;
}

char* target_of_link(const char* path, int& error) {
  char target[PATH_MAX + 1];
  std::int64_t length = repeat([&] { return readlink(path, target, PATH_MAX); });
  if (length < 0) {
    error = static_cast<int>(length);
    return nullptr;
  }
  target[length] = '\0';
  return copy_or_fail(target, error);
}

char* resolve_path(const char* path, int& error) {
  // Into memory of its own, since a directory may lie deeper than PATH_MAX when it was reached step
  // by step.
  char* resolved = realpath(path, nullptr);
  if (resolved == nullptr) {
    error = last_error();
    return nullptr;
  }
  char* copy = copy_or_fail(resolved, error);
  free(resolved);
  return copy;
}

}  // namespace violet

// For systems that do not say what they have in memory (the BSDs' mincore(2) takes a mapping, made
// for each file, and may be wrong by the time of the read). So nothing is answered here, and every
// operation goes where waiting is allowed.
#include "os/cached_file.h"

namespace violet {

bool reads_past_cache(uv_file) {
  return true;
}

std::int64_t read_cached_file(uv_file, const uv_buf_t*, unsigned int, std::int64_t) {
  return UV_EAGAIN;
}

// Nothing was read.
bool is_read_complete(uv_file, std::int64_t) {
  return false;
}

int cached_status_of_path(const char*, uv_stat_t&) {
  return UV_EAGAIN;
}

int cached_status_of_link(const char*, uv_stat_t&) {
  return UV_EAGAIN;
}

int cached_status_of_file(uv_file, uv_stat_t&) {
  return UV_EAGAIN;
}

int check_cached_access(const char*, int) {
  return UV_EAGAIN;
}

int open_cached_file(const char*, int, uv_file&) {
  return UV_EAGAIN;
}

int close_cached_file(uv_file) {
  return UV_EAGAIN;
}

// There is nothing to learn for.
void learn_file_system(const char*, std::uint64_t) {}
void learn_file_system(uv_file, std::uint64_t) {}
void learn_file_system(uv_file) {}

}  // namespace violet

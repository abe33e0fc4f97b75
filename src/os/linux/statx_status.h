// What statx(2) tells, as libuv's structure.
#pragma once

#include <sys/stat.h>
#include <uv.h>

namespace violet {

void translate_statx(const struct statx& from, uv_stat_t& to);

}  // namespace violet

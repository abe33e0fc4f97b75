// The times in a struct stat, whose fields are named differently on each system.
#pragma once

#include <sys/stat.h>
#include <time.h>

namespace violet {

struct StatTimes {
  timespec access;
  timespec modification;
  timespec change;
  timespec birth;  // the nearest thing that is known
};
StatTimes stat_times(const struct stat& status);

}  // namespace violet

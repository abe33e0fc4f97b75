// The engines of this platform, the default first. Null-terminated. Each platform has its own list.
#pragma once

#include "backend.h"

namespace violet {

extern const BackendFactory* const kEngines[];

}  // namespace violet

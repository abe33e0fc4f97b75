// The engines on Linux.
#include "engines.h"

#include "epoll/backend.h"

namespace violet {

const BackendFactory* const kEngines[] = {&kEpollFactory, nullptr};

}  // namespace violet

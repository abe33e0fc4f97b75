// The engines on Linux.
#include "epoll/backend.h"

namespace violet {

const BackendFactory* const kEngines[] = {&kEpollFactory, nullptr};

}  // namespace violet

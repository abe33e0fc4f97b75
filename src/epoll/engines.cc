// The engines on Linux.
#include "epoll/engine.h"
#include "uring/engine.h"

namespace violet {

const BackendFactory* const kEngines[] = {&kEpollFactory, &kUringFactory, nullptr};

}  // namespace violet

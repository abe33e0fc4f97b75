// The engines on Linux.
#include "epoll/engine.h"
#include "uring/engine.h"

namespace violet {

const EngineFactory* const kEngines[] = {&kEpollFactory, &kUringFactory, nullptr};

}  // namespace violet

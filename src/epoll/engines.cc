// The engines on Linux.
#include "epoll/engine_class.h"
#include "uring/engine_class.h"

namespace violet {

const EngineFactory* const kEngines[] = {&kEpollFactory, &kUringFactory, nullptr};

}  // namespace violet

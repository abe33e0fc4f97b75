// The engines of a build for tests: kqueue, emulated, beside those of Linux.
#include "epoll/engine_class.h"
#include "kqueue/engine_class.h"
#include "uring/engine_class.h"

namespace violet {

const EngineFactory* const kEngines[] = {&kEpollFactory, &kUringFactory, &kKqueueFactory, nullptr};

}  // namespace violet

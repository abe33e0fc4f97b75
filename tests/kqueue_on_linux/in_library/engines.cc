// The engines of a build for tests: kqueue, emulated, beside those of Linux. It comes first, as on
// the systems that have it: who asks for it gets no other, least of all one that does not know how
// files are watched here.
#include "epoll/engine_class.h"
#include "kqueue/engine_class.h"
#include "uring/engine_class.h"

namespace violet {

const EngineFactory* const kEngines[] = {&kKqueueFactory, &kEpollFactory, &kUringFactory, nullptr};

}  // namespace violet

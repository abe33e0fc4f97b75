// Reading files that are not in memory. On a ring of its own, which any thread may submit to and
// whose requests go on when the loop moves to another thread: the kernel may write into their
// buffers until the last moment, so they must never be given up. Set up when the first read comes.
#pragma once

#include "base/list.h"
#include "engine.h"
#include "uring/ring.h"

namespace violet {

class FileRing {
 public:
  FileRing() { under_way_.reset(); }

  // No read is under way, so there is nothing to flush, to reap or to watch.
  bool is_idle() const { return under_way_.empty(); }

  // Puts a read into the queue. kNeedsThreadPool where it cannot be done here.
  Submitted submit(Op& op, const ReadArgument& read);
  // Sends what is queued on its way.
  void flush();
  // Links the ops that are over.
  void reap(ReadyList& ready);
  // In a forked child, whose parent goes on using the ring: ends all ops with UV_ECANCELED.
  void leave_parent(ReadyList& ready);
  void close() { ring_.close(); }

  // While reads are under way the loop's ring polls ours, so that its waits end with them.
  void watch_with(Ring& loop_ring);
  // The poll has ended, or the loop's ring is gone: it is asked for again while reads are under
  // way.
  void watch_is_over() { is_watched_ = false; }

 private:
  bool open();
  static void end(Op& op, std::int32_t result, ReadyList& ready);

  Ring ring_;
  List under_way_;  // by Op::ready
  bool refused_ = false;
  bool is_watched_ = false;
};

}  // namespace violet

// Whose loop it is, so that what its streams hold back is not lost with its thread or process.
//
// A loop belongs to the thread that made it, then to the one that runs it or writes through it.
// When a thread ends the process by exit() or by returning from main(), its own loops' output goes
// out first, as far as the kernel takes it at once. Loops of other threads are not touched: their
// threads may be in the middle of anything. A thread that forks offers its output before, so that
// the child has nothing of it; the child owns a loop when it begins to use it.
#pragma once

namespace violet {

struct Loop;

// From the loop's making to its end.
void enlist_loop(Loop& loop);
void delist_loop(Loop& loop);

// Makes the calling thread the loop's owner.
void own_loop(Loop& loop);

// While it exists, the loop runs on this thread.
class RunScope {
 public:
  explicit RunScope(Loop& loop);
  ~RunScope();
  RunScope(const RunScope&) = delete;
  RunScope& operator=(const RunScope&) = delete;

 private:
  Loop& loop_;
  const void* outer_frame_;
};

// Has streams and UDP sockets write what they hold back. Within a run the engine may leave that to
// its next wait. Calls no callback of the program.
void offer_output(Loop& loop);
// The same, but nothing is left to the next wait.
void offer_output_now(Loop& loop);

}  // namespace violet

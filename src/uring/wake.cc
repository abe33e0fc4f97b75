// Whose the ring is: started over on another thread, in a child process, and for an embedder.
#include "uring/engine_class.h"

namespace violet {

int UringEngine::open_ring() {
  const int error = ring_.open();
  descriptor_changed(ring_.fd());
  return error;
}

int UringEngine::open_ring_patiently() {
  const int error = ring_.open_patiently();
  descriptor_changed(ring_.fd());
  return error;
}

// The first thread that runs the loop becomes the ring's only submitter. Should another one take
// over, the kernel would refuse its submissions, so the ring is replaced. A child process that goes
// on without uv_loop_fork() gets a ring of its own when it first needs one.
int UringEngine::take_over() {
  leave_ring();
  if (int error = wake_event_.reopen(); error != 0) return error;
  if (!ring_.is_open()) {
    if (int error = open_ring(); error != 0) return error;
  }
  if (int error = ring_.enable(); error != 0) return error;
  wake_event_.watch(ring_);
  interest_.resume();
  ops_.resume(found_);
  return 0;
}

// A ring that was never enabled has no requests.
void UringEngine::leave_ring() {
  if (ring_.is_open() && !ring_.is_ours()) leave_parent();
  if (ring_.is_enabled()) leave_thread();
}

// What the old ring has done is taken over; what it has not is asked for again.
void UringEngine::leave_thread() {
  // Withdrawn first, so that nothing more is received while the completions are reaped.
  arrivals_.withdraw_buffers(ring_);
  reap(found_);
  close_ring();
}

// The queues were not mapped into this process; only the descriptors were inherited.
void UringEngine::leave_parent() {
  ops_.leave_parent(found_);
  files_.leave_parent(found_);
  close_ring();
  wake_event_.leave_parent();
}

void UringEngine::close_ring() {
  interest_.leave_buffers();
  arrivals_.close_buffers();
  ring_.close();
  files_.watch_is_over();
  wake_event_.watch_is_over();
}

int UringEngine::after_fork() {
  if (ring_.is_open() && !ring_.is_ours()) leave_parent();
  if (int error = wake_event_.reopen(); error != 0) return error;
  return ring_.is_open() ? 0 : open_ring_patiently();
}

// From another thread than the loop's the ring cannot be replaced; the loop's own has to ask first.
int UringEngine::fd() {
  if (ring_.is_elsewhere() || !ring_.embed()) return ring_.fd();
  const bool was_enabled = ring_.is_enabled();
  leave_ring();
  ring_.close();
  if (was_enabled) flush();
  if (!ring_.is_open()) open_ring_patiently();
  return ring_.fd();
}

void UringEngine::block_signal(int signal_number) {
  blocks_signal_ = signal_number != 0;
  sigemptyset(&blocked_);
  if (blocks_signal_) sigaddset(&blocked_, signal_number);
}

}  // namespace violet

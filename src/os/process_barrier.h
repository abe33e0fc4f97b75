// A memory barrier on every processor that runs a thread of this process: for the rare side of an
// agreement whose frequent side then needs none.
#pragma once

namespace violet {

// Whether the system has one. Any thread, signal handlers too. The first call prepares it, which
// takes Linux some 10 ms in a process that has several threads.
bool has_process_barrier();

// Every other thread has now made visible what it wrote before a load that did not see what the
// caller wrote. To be called only where has_process_barrier() was true.
void process_barrier();

}  // namespace violet

// What a filter has to supply.
#pragma once

#include "queue.h"

namespace kqueue_on_linux {

struct Filter {
  bool takes_descriptor;
  // A new registration. 0 or an errno.
  int (*attach)(Queue& queue, Registration& registration);
  void (*detach)(Queue& queue, Registration& registration);
  // Takes over fflags and data of a change. Null: they replace what was wanted.
  void (*change)(Registration& registration, const struct kevent& change, bool is_new);
  // Whether the condition holds; if so, fills in flags, fflags and data.
  bool (*holds)(Registration& registration, struct kevent& event);
};

extern const Filter kReadFilter;
extern const Filter kWriteFilter;
extern const Filter kExceptFilter;
extern const Filter kVnodeFilter;
extern const Filter kProcessFilter;
extern const Filter kUserFilter;

// Null for a filter that the emulation does not have.
const Filter* find_filter(short filter);

// Watches the file of a registration by inotify. 0 or an errno.
int watch_file(Queue& queue, Registration& registration);
void unwatch_file(Queue& queue, Registration& registration);
// Reads what inotify has to tell and hands it to the registrations.
void collect_notifications(Queue& queue);

void process_ended(Queue& queue, std::uint32_t process);

// A behaviour that some of the systems lack, to be taken away for a test: named in the environment
// variable KQUEUE_ON_LINUX_WITHOUT (README.md lists them).
bool is_taken_away(const char* behaviour);
// An integer at SOL_SOCKET; 0 when there is none.
int socket_option(int descriptor, int name);
bool is_local_datagram_socket(int descriptor);
bool is_local_stream_socket(int descriptor);

}  // namespace kqueue_on_linux

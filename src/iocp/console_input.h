// What is typed at a console: a thread reads it and posts a packet.
#pragma once

#include <atomic>

#include "iocp/operation.h"
#include "iocp/port.h"

namespace violet {

class ConsoleReader;
struct ChannelRecord;

struct ConsoleInput {
  Operation operation;
  ChannelRecord* record;  // null: forgotten, and the packet finds nobody
  Port* port;
  ConsoleReader* reader;
  std::atomic<bool> has_posted;  // set by the reader's thread, cleared when the packet has come
  bool has_news;                 // there is something to take
};

// Null and an error when the system refuses it.
ConsoleInput* open_console_input(ChannelRecord& record, HANDLE console, Port& port, int& error);
// Ends an input that nobody reads any more. True when its packet is on its way already: then the
// input is freed when the packet comes. Else it is freed now.
bool close_console_input(ConsoleInput& input);

}  // namespace violet

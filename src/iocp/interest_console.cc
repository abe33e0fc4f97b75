// Interest in what is typed at a console.
#include "iocp/console_input.h"
#include "iocp/interest.h"
#include "os/windows/console_reader.h"
#include "uv.h"

namespace violet {

// The thread begins to read with the next wait, but stops at once: the caller may be about to let
// somebody else read from the console.
int IocpInterest::watch_console(Channel& channel, Events wanted) {
  ChannelRecord* record = record_for(channel);
  if (record == nullptr) return UV_ENOMEM;
  if (wanted == kNoEvents) {
    if (record->console != nullptr) record->console->reader->pause();
  } else if (record->console == nullptr) {
    int error = 0;
    record->console = open_console_input(*record, record->handle(), port_, error);
    if (error != 0) return error;
  }
  channel.wanted = wanted;
  note(*record);
  update_deliverable(*record);
  return 0;
}

void IocpInterest::complete_console(Operation& operation) {
  ConsoleInput& input =
      object_from_member<ConsoleInput>(&operation, offsetof(ConsoleInput, operation));
  if (input.record == nullptr) {
    port_.operation_is_over();
    return destroy(&input);
  }
  input.has_posted.store(false, std::memory_order_relaxed);
  input.has_news = true;
  update_deliverable(*input.record);
}

std::int64_t IocpInterest::take_typed(ChannelRecord& record, void* buffer, std::size_t size) {
  ConsoleInput& input = *record.console;
  if (!input.has_news) return UV_EAGAIN;
  const std::int64_t count = input.reader->take(buffer, size);
  if (input.reader->take(nullptr, 0) == UV_EAGAIN) {
    // Everything is taken; what is typed from now on brings another packet.
    input.has_news = false;
    update_deliverable(record);
    note(record);
  }
  return count;
}

}  // namespace violet

#include "iocp/console_input.h"

#include "base/allocator.h"
#include "os/windows/console_reader.h"
#include "uv.h"

namespace violet {
namespace {

void on_news(void* argument) {
  ConsoleInput& input = *static_cast<ConsoleInput*>(argument);
  input.has_posted.store(true, std::memory_order_release);
  input.port->post(input.operation);
}

}  // namespace

ConsoleInput* open_console_input(ChannelRecord& record, HANDLE console, Port& port, int& error) {
  ConsoleInput* input = create<ConsoleInput>();
  error = input == nullptr ? UV_ENOMEM : 0;
  if (input == nullptr) return nullptr;
  input->operation.prepare(OperationKind::kConsole);
  input->record = &record;
  input->port = &port;
  input->reader = ConsoleReader::start(console, on_news, input, error);
  if (input->reader != nullptr) return input;
  destroy(input);
  return nullptr;
}

bool close_console_input(ConsoleInput& input) {
  input.reader->stop();
  input.reader = nullptr;
  input.record = nullptr;
  if (input.has_posted.load(std::memory_order_acquire)) return true;
  destroy(&input);
  return false;
}

}  // namespace violet

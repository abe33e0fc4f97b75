#include "os/windows/winsock.h"

#include "os/thread.h"
#include "os/windows/windows_error.h"

namespace violet {
namespace {

Once once;
int start_error = 0;

void start() {
  WSADATA data;
  start_error = error_from_windows(static_cast<unsigned long>(WSAStartup(MAKEWORD(2, 2), &data)));
}

}  // namespace

int start_winsock() {
  once.call(start);
  return start_error;
}

}  // namespace violet

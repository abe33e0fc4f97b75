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

int socket_type(SOCKET socket) {
  int type = 0;
  int size = sizeof(type);
  const int result = getsockopt(socket, SOL_SOCKET, SO_TYPE, reinterpret_cast<char*>(&type), &size);
  return result == 0 ? type : 0;
}

}  // namespace violet

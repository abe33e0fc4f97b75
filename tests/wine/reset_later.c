/* A receive that begins after the peer has reset the connection fails with WSAECONNRESET, says
 * Microsoft. Wine says that it is the end of the stream; only one that was under way learns of it.
 *
 * x86_64-w64-mingw32-gcc-posix reset_later.c -o reset_later.exe -lws2_32 && wine64 reset_later.exe
 */
#include <stdio.h>

#include "connection.h"

int main(void) {
  WSADATA data;
  struct linger reset = {1, 0};
  char memory[16];
  SOCKET client, server;
  int result;
  WSAStartup(MAKEWORD(2, 2), &data);
  open_connection(&client, &server);
  setsockopt(client, SOL_SOCKET, SO_LINGER, (const char*)&reset, sizeof(reset));
  closesocket(client);
  Sleep(50);
  result = recv(server, memory, sizeof(memory), 0);
  printf("recv: %d, error %d\n", result, result < 0 ? WSAGetLastError() : 0);
  result = send(server, "x", 1, 0);
  printf("send: %d, error %d\n", result, result < 0 ? WSAGetLastError() : 0);
  return 0;
}

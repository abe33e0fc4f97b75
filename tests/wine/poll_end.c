/* WSAPoll() tells by POLLHUP that the peer has ended the connection, also while bytes lie before
 * the end that nobody has read, as the driver does (AFD_POLL_DISCONNECT). Wine tells it only when
 * they have been read: prints what is told before and after.
 *
 * x86_64-w64-mingw32-gcc-posix poll_end.c -o poll_end.exe -lws2_32 && wine64 poll_end.exe
 */
#include <stdio.h>

#include "connection.h"

static void show(const char* when, SOCKET socket) {
  WSAPOLLFD waiting = {socket, POLLIN, 0};
  WSAPoll(&waiting, 1, 0);
  printf("%s: POLLIN %d, POLLHUP %d\n", when, (waiting.revents & POLLIN) != 0,
         (waiting.revents & POLLHUP) != 0);
}

int main(void) {
  WSADATA data;
  char byte;
  SOCKET client, server;
  WSAStartup(MAKEWORD(2, 2), &data);
  open_connection(&client, &server);
  send(client, "x", 1, 0);
  closesocket(client);
  Sleep(50);
  show("before the byte was read", server);
  recv(server, &byte, 1, 0);
  show("after it was read", server);
  return 0;
}

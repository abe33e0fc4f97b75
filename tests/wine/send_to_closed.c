/* An overlapped send that is under way ends when the peer, which has closed its socket, answers by
 * a reset: with WSAECONNRESET or WSAECONNABORTED, says Microsoft. Prints how it ends here, for a
 * socket that was told of the peer's end by a receive and for one that was not.
 *
 * x86_64-w64-mingw32-gcc-posix send_to_closed.c -o send_to_closed.exe -lws2_32 &&
 *   wine64 send_to_closed.exe
 */
#include <stdio.h>

#include "connection.h"

static char bytes[8000000];

static void try_it(int receives, DWORD size) {
  OVERLAPPED sending = {0};
  DWORD count = 0, flags = 0;
  char byte;
  WSABUF buffer = {size, bytes};
  SOCKET client, server;
  open_connection(&client, &server);
  closesocket(client);
  Sleep(50);
  if (receives) recv(server, &byte, 1, 0);
  sending.hEvent = CreateEventW(NULL, TRUE, FALSE, NULL);
  WSASend(server, &buffer, 1, &count, 0, &sending, NULL);
  if (WaitForSingleObject(sending.hEvent, 2000) == WAIT_TIMEOUT) {
    printf("receives %d, size %lu: still under way\n", receives, size);
  } else if (WSAGetOverlappedResult(server, &sending, &count, FALSE, &flags)) {
    printf("receives %d, size %lu: sent %lu\n", receives, size, count);
  } else {
    printf("receives %d, size %lu: error %d\n", receives, size, WSAGetLastError());
  }
}

int main(void) {
  static const DWORD sizes[] = {1000, 1500000, 8000000};
  WSADATA data;
  int receives, i;
  WSAStartup(MAKEWORD(2, 2), &data);
  for (receives = 0; receives < 2; receives++)
    for (i = 0; i < 3; i++)
      try_it(receives, sizes[i]);
  return 0;
}

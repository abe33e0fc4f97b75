/* Sending by a socket that was never connected is WSAENOTCONN, says Microsoft. Wine says otherwise:
 * prints the error.
 *
 * x86_64-w64-mingw32-gcc-posix send_unconnected.c -o send_unconnected.exe -lws2_32 &&
 *   wine64 send_unconnected.exe
 */
#include <winsock2.h>

#include <stdio.h>

int main(void) {
  WSADATA data;
  WSAStartup(MAKEWORD(2, 2), &data);
  if (send(socket(AF_INET, SOCK_STREAM, 0), "x", 1, 0) < 0) {
    printf("send: error %d\n", WSAGetLastError());
  }
  return 0;
}

/* A receive that begins after the peer has reset the connection fails with WSAECONNRESET, says
 * Microsoft. Wine says that it is the end of the stream; only one that was under way learns of it.
 *
 * x86_64-w64-mingw32-gcc-posix reset_later.c -o reset_later.exe -lws2_32 && wine64 reset_later.exe
 */
#include <winsock2.h>

#include <stdio.h>

int main(void) {
  WSADATA data;
  struct sockaddr_in address = {0};
  int size = sizeof(address);
  struct linger reset = {1, 0};
  char memory[16];
  SOCKET listener, client, server;
  int result;
  WSAStartup(MAKEWORD(2, 2), &data);
  listener = socket(AF_INET, SOCK_STREAM, 0);
  client = socket(AF_INET, SOCK_STREAM, 0);
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  bind(listener, (struct sockaddr*)&address, size);
  listen(listener, 1);
  getsockname(listener, (struct sockaddr*)&address, &size);
  connect(client, (struct sockaddr*)&address, size);
  server = accept(listener, NULL, NULL);
  setsockopt(client, SOL_SOCKET, SO_LINGER, (const char*)&reset, sizeof(reset));
  closesocket(client);
  Sleep(50);
  result = recv(server, memory, sizeof(memory), 0);
  printf("recv: %d, error %d\n", result, result < 0 ? WSAGetLastError() : 0);
  result = send(server, "x", 1, 0);
  printf("send: %d, error %d\n", result, result < 0 ? WSAGetLastError() : 0);
  return 0;
}

/* A connected UDP socket whose datagram nobody wanted tells so once, by the next receive, says
 * Microsoft (WSAECONNRESET). Under Wine only a receive that is under way ends with an error; one
 * that begins later waits for ever, although SO_ERROR has it: WSAECONNREFUSED.
 *
 * x86_64-w64-mingw32-gcc-posix refusal_later.c -o refusal_later.exe -lws2_32 && wine64
 * refusal_later.exe
 */
#include <winsock2.h>

#include <stdio.h>

int main(void) {
  WSADATA data;
  struct sockaddr_in address = {0};
  int size = sizeof(address);
  char memory[16];
  WSABUF room = {sizeof(memory), memory};
  int under_way;
  WSAStartup(MAKEWORD(2, 2), &data);
  for (under_way = 1; under_way >= 0; under_way--) {
    OVERLAPPED receive = {0};
    DWORD count = 0, flags = 0;
    int error = 0, error_size = sizeof(error);
    SOCKET gone = socket(AF_INET, SOCK_DGRAM, 0);
    SOCKET sender = socket(AF_INET, SOCK_DGRAM, 0);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = 0;
    bind(gone, (struct sockaddr*)&address, size);
    getsockname(gone, (struct sockaddr*)&address, &size);
    closesocket(gone);
    connect(sender, (struct sockaddr*)&address, size);
    receive.hEvent = CreateEventW(NULL, TRUE, FALSE, NULL);
    if (under_way) WSARecv(sender, &room, 1, &count, &flags, &receive, NULL);
    send(sender, "x", 1, 0);
    Sleep(50);
    if (!under_way) WSARecv(sender, &room, 1, &count, &flags, &receive, NULL);
    if (WaitForSingleObject(receive.hEvent, 500) == WAIT_TIMEOUT) {
      getsockopt(sender, SOL_SOCKET, SO_ERROR, (char*)&error, &error_size);
      printf("a later receive waits; SO_ERROR %d\n", error);
    } else {
      WSAGetOverlappedResult(sender, &receive, &count, FALSE, &flags);
      printf("a receive %s ends with error %d\n", under_way ? "under way" : "that came later",
             WSAGetLastError());
    }
  }
  return 0;
}

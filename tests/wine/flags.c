/* Flags that do not exist are WSAEINVAL for GetAddrInfoW() and GetNameInfoW(), says Microsoft. Wine
 * takes them: prints the two errors.
 *
 * x86_64-w64-mingw32-gcc-posix flags.c -o flags.exe -lws2_32 && wine64 flags.exe
 */
#include <winsock2.h>
#include <ws2tcpip.h>

#include <stdio.h>

int main(void) {
  WSADATA data;
  ADDRINFOW hints = {0};
  ADDRINFOW* found;
  struct sockaddr_in address = {0};
  wchar_t host[NI_MAXHOST], service[NI_MAXSERV];
  WSAStartup(MAKEWORD(2, 2), &data);
  hints.ai_flags = 0x40000000 | 0x00800000;
  printf("GetAddrInfoW: %d\n", GetAddrInfoW(L"127.0.0.1", NULL, &hints, &found));
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  printf("GetNameInfoW: %d\n", GetNameInfoW((struct sockaddr*)&address, sizeof(address), host,
                                            NI_MAXHOST, service, NI_MAXSERV, 0x7fff0000));
  return 0;
}

/* Leaving a group that was not joined is WSAEADDRNOTAVAIL, says Microsoft. Wine says otherwise:
 * prints the error.
 *
 * x86_64-w64-mingw32-gcc-posix membership.c -o membership.exe -lws2_32 && wine64 membership.exe
 */
#include <winsock2.h>
#include <ws2tcpip.h>

#include <stdio.h>

int main(void) {
  WSADATA data;
  struct ip_mreq group;
  SOCKET udp;
  WSAStartup(MAKEWORD(2, 2), &data);
  udp = socket(AF_INET, SOCK_DGRAM, 0);
  group.imr_multiaddr.s_addr = inet_addr("239.255.0.1");
  group.imr_interface.s_addr = htonl(INADDR_LOOPBACK);
  if (setsockopt(udp, IPPROTO_IP, IP_DROP_MEMBERSHIP, (const char*)&group, sizeof(group)) != 0) {
    printf("IP_DROP_MEMBERSHIP: error %d\n", WSAGetLastError());
  }
  return 0;
}

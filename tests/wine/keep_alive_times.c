/* TCP_KEEPIDLE, TCP_KEEPCNT and TCP_KEEPINTVL are options of Windows 10 since 1709. Wine lacks
 * them: prints the errors.
 *
 * x86_64-w64-mingw32-gcc-posix keep_alive_times.c -o keep_alive_times.exe -lws2_32 &&
 *   wine64 keep_alive_times.exe
 */
#include <winsock2.h>

#include <stdio.h>

int main(void) {
  static const struct {
    const char* name;
    int number;
  } options[] = {{"TCP_KEEPIDLE", 3}, {"TCP_KEEPCNT", 16}, {"TCP_KEEPINTVL", 17}};
  WSADATA data;
  SOCKET tcp;
  int i;
  WSAStartup(MAKEWORD(2, 2), &data);
  tcp = socket(AF_INET, SOCK_STREAM, 0);
  for (i = 0; i < 3; i++) {
    int value = 5, size = sizeof(value), set, got;
    set = setsockopt(tcp, IPPROTO_TCP, options[i].number, (const char*)&value, size);
    if (set != 0) set = WSAGetLastError();
    value = 0;
    got = getsockopt(tcp, IPPROTO_TCP, options[i].number, (char*)&value, &size);
    if (got != 0) got = WSAGetLastError();
    printf("%s: set %d, get %d, value %d\n", options[i].name, set, got, value);
  }
  return 0;
}

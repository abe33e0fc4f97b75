/* Two connected sockets of TCP. */
#ifndef VIOLET_WINE_CONNECTION_H_
#define VIOLET_WINE_CONNECTION_H_

#include <winsock2.h>

/* `server` is the one that was accepted. */
static void open_connection(SOCKET* client, SOCKET* server) {
  struct sockaddr_in address = {0};
  int size = sizeof(address);
  SOCKET listener = socket(AF_INET, SOCK_STREAM, 0);
  *client = socket(AF_INET, SOCK_STREAM, 0);
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  bind(listener, (struct sockaddr*)&address, size);
  listen(listener, 1);
  getsockname(listener, (struct sockaddr*)&address, &size);
  connect(*client, (struct sockaddr*)&address, size);
  *server = accept(listener, NULL, NULL);
  closesocket(listener);
}

#endif

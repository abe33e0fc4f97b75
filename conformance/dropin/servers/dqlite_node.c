/*
 * A dqlite node at ADDRESS with its data in FOLDER, until its standard input ends. It says "ready"
 * and where it listens.
 *
 * At the address "@", which is an abstract Unix socket, dqlite serves its own process only. There
 * the node connects to itself and passes the connection on by its standard input, a socket.
 */
#include <dqlite.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static int pass_on(int connection) {
  char byte = 0;
  struct iovec data = {&byte, 1};
  _Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof connection)] = {0};
  struct msghdr message = {0};
  message.msg_iov = &data;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof control;
  struct cmsghdr* head = CMSG_FIRSTHDR(&message);
  head->cmsg_level = SOL_SOCKET;
  head->cmsg_type = SCM_RIGHTS;
  head->cmsg_len = CMSG_LEN(sizeof connection);
  memcpy(CMSG_DATA(head), &connection, sizeof connection);
  return sendmsg(STDIN_FILENO, &message, 0) == 1 ? 0 : -1;
}

static int connect_to_self(const char* address) {
  struct sockaddr_un name = {.sun_family = AF_UNIX};
  strncpy(name.sun_path + 1, address + 1, sizeof name.sun_path - 2);
  const socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(address));
  const int connection = socket(AF_UNIX, SOCK_STREAM, 0);
  if (connect(connection, (struct sockaddr*)&name, size) != 0) return -1;
  const int status = pass_on(connection);
  close(connection);
  return status;
}

int main(int argc, char** argv) {
  dqlite_node* node = NULL;
  char byte;
  if (argc != 3 || dqlite_node_create(1, argv[1], argv[2], &node) != 0) return 2;
  if (dqlite_node_set_bind_address(node, argv[1]) != 0) return 3;
  if (dqlite_node_set_network_latency_ms(node, 20) != 0) return 4;
  if (dqlite_node_set_snapshot_params(node, 64, 64) != 0) return 5;
  if (dqlite_node_start(node) != 0) {
    fprintf(stderr, "start: %s\n", dqlite_node_errmsg(node));
    return 6;
  }
  const char* address = dqlite_node_get_bind_address(node);
  printf("ready %s\n", address);
  fflush(stdout);
  if (address[0] == '@' && connect_to_self(address) != 0) return 7;
  while (read(STDIN_FILENO, &byte, 1) > 0)
    continue;
  const int status = dqlite_node_stop(node);
  dqlite_node_destroy(node);
  return status;
}

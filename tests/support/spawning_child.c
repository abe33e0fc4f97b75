/* Starts the program that is its last argument, which is to wait, tells its number and ends. With
 * "--detached" before it, the other one may live on. */
#include <uv.h>

#include <stdio.h>
#include <string.h>

int main(int count, char** arguments) {
  char* command[] = {arguments[count - 1], "--wait", NULL};
  uv_process_options_t options;
  uv_process_t process;
  memset(&options, 0, sizeof(options));
  options.file = command[0];
  options.args = command;
  if (count > 2 && strcmp(arguments[1], "--detached") == 0) options.flags = UV_PROCESS_DETACHED;
  if (uv_spawn(uv_default_loop(), &process, &options) != 0) return 1;
  printf("%d", uv_process_get_pid(&process));
  return 0;
}

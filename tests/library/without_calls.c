/* Runs a program to which system calls are refused: without_calls ENOSYS|EPERM NUMBER... -- PROGRAM
 * ARGUMENT..., as by an older kernel or a container's filter. */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

enum { kMaxCalls = 16 };

int main(int argc, char** argv) {
  int calls = 0;
  while (2 + calls < argc && strcmp(argv[2 + calls], "--") != 0)
    ++calls;
  if (argc < 5 || calls > kMaxCalls || 3 + calls >= argc) return 2;
  unsigned int error = strcmp(argv[1], "EPERM") == 0 ? EPERM : ENOSYS;
  struct sock_filter filter[2 * kMaxCalls + 2];
  unsigned short length = 0;
  filter[length++] =
      (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
  for (int i = 0; i < calls; ++i) {
    unsigned int number = (unsigned int)atoi(argv[2 + i]);
    filter[length++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1);
    filter[length++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | error);
  }
  filter[length++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
  struct sock_fprog program = {length, filter};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
      prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) {
    perror("seccomp");
    return 77;
  }
  execv(argv[3 + calls], argv + 3 + calls);
  perror(argv[3 + calls]);
  return 2;
}

/* Runs a program to which io_uring is forbidden: without_io_uring WHAT PROGRAM ARGUMENT...
 *
 *   errno        the system calls of io_uring fail with EPERM, as under a container's filter
 *   kill         any of them ends the program, which shows whether it makes one
 *   enter        rings can be made, but io_uring_enter(2) fails with EPERM
 *   register=N   io_uring_register(2) with operation N fails with EINVAL, as on a kernel without it
 */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define RETURN(verdict) BPF_STMT(BPF_RET | BPF_K, verdict)
#define SKIP_UNLESS(value, count) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, count)

static int install(struct sock_filter* filter, unsigned short length) {
  struct sock_fprog program = {length, filter};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -1;
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

static int forbid_all(unsigned int verdict) {
  struct sock_filter filter[] = {
      LOAD(nr),        SKIP_UNLESS(SYS_io_uring_setup, 1),
      RETURN(verdict), SKIP_UNLESS(SYS_io_uring_enter, 1),
      RETURN(verdict), SKIP_UNLESS(SYS_io_uring_register, 1),
      RETURN(verdict), RETURN(SECCOMP_RET_ALLOW),
  };
  return install(filter, sizeof(filter) / sizeof(filter[0]));
}

static int forbid_enter(void) {
  struct sock_filter filter[] = {
      LOAD(nr),
      SKIP_UNLESS(SYS_io_uring_enter, 1),
      RETURN(SECCOMP_RET_ERRNO | EPERM),
      RETURN(SECCOMP_RET_ALLOW),
  };
  return install(filter, sizeof(filter) / sizeof(filter[0]));
}

static int forbid_registration(unsigned int operation) {
  struct sock_filter filter[] = {
      LOAD(nr),
      SKIP_UNLESS(SYS_io_uring_register, 3),
      LOAD(args[1]), /* the lower half: the machines we know are little-endian */
      SKIP_UNLESS(operation, 1),
      RETURN(SECCOMP_RET_ERRNO | EINVAL),
      RETURN(SECCOMP_RET_ALLOW),
  };
  return install(filter, sizeof(filter) / sizeof(filter[0]));
}

int main(int argc, char** argv) {
  int result = 2;
  if (argc < 3) return result;
  if (strcmp(argv[1], "errno") == 0) result = forbid_all(SECCOMP_RET_ERRNO | EPERM);
  if (strcmp(argv[1], "kill") == 0) result = forbid_all(SECCOMP_RET_KILL_PROCESS);
  if (strcmp(argv[1], "enter") == 0) result = forbid_enter();
  if (strncmp(argv[1], "register=", 9) == 0)
    result = forbid_registration((unsigned int)atoi(argv[1] + 9));
  if (result == 2) return result;
  if (result != 0) {
    perror("seccomp");
    return 77;
  }
  execv(argv[2], argv + 2);
  perror(argv[2]);
  return 2;
}

/* Runs a program to which some system calls are forbidden: forbidding ERROR CALL,CALL... PROGRAM
 * ARGUMENT...
 *
 * Each of the calls fails with ERROR (EPERM or ENOSYS), as under a container's filter or on an
 * older kernel. `clone_pidfd` is clone(2) with CLONE_PIDFD; other uses of clone(2) go on. */
#include <errno.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { kMostCalls = 32 };

static const struct {
  const char* name;
  unsigned int number;
} kCalls[] = {
    {"accept4", SYS_accept4},
    {"close_range", SYS_close_range},
    {"copy_file_range", SYS_copy_file_range},
    {"dup3", SYS_dup3},
    {"epoll_pwait", SYS_epoll_pwait},
    {"epoll_pwait2", SYS_epoll_pwait2},
    {"eventfd2", SYS_eventfd2},
    {"fcntl", SYS_fcntl},
    {"getrandom", SYS_getrandom},
    {"inotify_init1", SYS_inotify_init1},
    {"io_uring_setup", SYS_io_uring_setup},
    {"ioctl", SYS_ioctl},
    {"lseek", SYS_lseek},
    {"membarrier", SYS_membarrier},
    {"openat2", SYS_openat2},
    {"pidfd_open", SYS_pidfd_open},
    {"pidfd_send_signal", SYS_pidfd_send_signal},
    {"preadv2", SYS_preadv2},
    {"recvfrom", SYS_recvfrom},
    {"recvmmsg", SYS_recvmmsg},
    {"sched_getaffinity", SYS_sched_getaffinity},
    {"sendfile", SYS_sendfile},
    {"sendmmsg", SYS_sendmmsg},
    {"sendmsg", SYS_sendmsg},
    {"sendto", SYS_sendto},
    {"statx", SYS_statx},
    {"waitid", SYS_waitid},
};

static struct sock_filter filter[4 * kMostCalls + 8];
static unsigned short length;

static void add(unsigned short code, unsigned int operand, unsigned char yes, unsigned char no) {
  struct sock_filter step = {code, yes, no, operand};
  filter[length++] = step;
}

static int forbid(const char* name, unsigned int verdict) {
  if (strcmp(name, "clone_pidfd") == 0) {
    add(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 4);
    add(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[0]), 0, 0);
    add(BPF_JMP | BPF_JSET | BPF_K, CLONE_PIDFD, 0, 1);
    add(BPF_RET | BPF_K, verdict, 0, 0);
    add(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr), 0, 0);
    return 0;
  }
  for (size_t i = 0; i < sizeof(kCalls) / sizeof(kCalls[0]); ++i) {
    if (strcmp(name, kCalls[i].name) != 0) continue;
    add(BPF_JMP | BPF_JEQ | BPF_K, kCalls[i].number, 0, 1);
    add(BPF_RET | BPF_K, verdict, 0, 0);
    return 0;
  }
  fprintf(stderr, "no such call: %s\n", name);
  return 2;
}

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  unsigned int verdict =
      SECCOMP_RET_ERRNO | (unsigned int)(strcmp(argv[1], "ENOSYS") == 0 ? ENOSYS : EPERM);
  add(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr), 0, 0);
  int calls = 0;
  for (char* name = strtok(argv[2], ","); name != NULL; name = strtok(NULL, ",")) {
    if (++calls > kMostCalls || forbid(name, verdict) != 0) return 2;
  }
  add(BPF_RET | BPF_K, SECCOMP_RET_ALLOW, 0, 0);
  struct sock_fprog program = {length, filter};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
      prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) {
    perror("seccomp");
    return 77;
  }
  execvp(argv[3], argv + 3);
  perror(argv[3]);
  return 2;
}

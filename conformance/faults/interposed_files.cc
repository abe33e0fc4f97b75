// Interposed: descriptors, files by their names, folders.
#include "interposed.h"

using namespace faults;

extern "C" {

long call_fcntl(long, long, long, long, long, long, long) asm("fcntl");
long call_fcntl(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("fcntl")>(a, b, c, d, e, f, g);
}

long call_ioctl(long, long, long, long, long, long, long) asm("ioctl");
long call_ioctl(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("ioctl")>(a, b, c, d, e, f, g);
}

long call_poll(long, long, long, long, long, long, long) asm("poll");
long call_poll(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("poll")>(a, b, c, d, e, f, g);
}

long call_open(long, long, long, long, long, long, long) asm("open");
long call_open(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("open")>(a, b, c, d, e, f, g);
}

long call_mkostemp(long, long, long, long, long, long, long) asm("mkostemp");
long call_mkostemp(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("mkostemp")>(a, b, c, d, e, f, g);
}

long call_mkdtemp(long, long, long, long, long, long, long) asm("mkdtemp");
long call_mkdtemp(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("mkdtemp")>(a, b, c, d, e, f, g);
}

long call_mkdir(long, long, long, long, long, long, long) asm("mkdir");
long call_mkdir(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("mkdir")>(a, b, c, d, e, f, g);
}

long call_rmdir(long, long, long, long, long, long, long) asm("rmdir");
long call_rmdir(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("rmdir")>(a, b, c, d, e, f, g);
}

long call_unlink(long, long, long, long, long, long, long) asm("unlink");
long call_unlink(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("unlink")>(a, b, c, d, e, f, g);
}

long call_rename(long, long, long, long, long, long, long) asm("rename");
long call_rename(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("rename")>(a, b, c, d, e, f, g);
}

long call_link(long, long, long, long, long, long, long) asm("link");
long call_link(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("link")>(a, b, c, d, e, f, g);
}

long call_symlink(long, long, long, long, long, long, long) asm("symlink");
long call_symlink(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("symlink")>(a, b, c, d, e, f, g);
}

long call_readlink(long, long, long, long, long, long, long) asm("readlink");
long call_readlink(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("readlink")>(a, b, c, d, e, f, g);
}

long call_realpath(long, long, long, long, long, long, long) asm("realpath");
long call_realpath(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("realpath")>(a, b, c, d, e, f, g);
}

long call_access(long, long, long, long, long, long, long) asm("access");
long call_access(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("access")>(a, b, c, d, e, f, g);
}

long call_chmod(long, long, long, long, long, long, long) asm("chmod");
long call_chmod(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("chmod")>(a, b, c, d, e, f, g);
}

long call_fchmod(long, long, long, long, long, long, long) asm("fchmod");
long call_fchmod(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("fchmod")>(a, b, c, d, e, f, g);
}

long call_fsync(long, long, long, long, long, long, long) asm("fsync");
long call_fsync(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("fsync")>(a, b, c, d, e, f, g);
}

long call_fdatasync(long, long, long, long, long, long, long) asm("fdatasync");
long call_fdatasync(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("fdatasync")>(a, b, c, d, e, f, g);
}

long call_ftruncate(long, long, long, long, long, long, long) asm("ftruncate");
long call_ftruncate(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("ftruncate")>(a, b, c, d, e, f, g);
}

long call_futimens(long, long, long, long, long, long, long) asm("futimens");
long call_futimens(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("futimens")>(a, b, c, d, e, f, g);
}

long call_utimensat(long, long, long, long, long, long, long) asm("utimensat");
long call_utimensat(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("utimensat")>(a, b, c, d, e, f, g);
}

long call_lseek(long, long, long, long, long, long, long) asm("lseek");
long call_lseek(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("lseek")>(a, b, c, d, e, f, g);
}

long call_stat(long, long, long, long, long, long, long) asm("stat");
long call_stat(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("stat")>(a, b, c, d, e, f, g);
}

long call_fstat(long, long, long, long, long, long, long) asm("fstat");
long call_fstat(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("fstat")>(a, b, c, d, e, f, g);
}

long call_fstatat(long, long, long, long, long, long, long) asm("fstatat");
long call_fstatat(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("fstatat")>(a, b, c, d, e, f, g);
}

long call_statx(long, long, long, long, long, long, long) asm("statx");
long call_statx(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("statx")>(a, b, c, d, e, f, g);
}

long call_statfs(long, long, long, long, long, long, long) asm("statfs");
long call_statfs(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("statfs")>(a, b, c, d, e, f, g);
}

long call_fstatfs(long, long, long, long, long, long, long) asm("fstatfs");
long call_fstatfs(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("fstatfs")>(a, b, c, d, e, f, g);
}

long call_openat(long, long, long, long, long, long, long) asm("openat");
long call_openat(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("openat")>(a, b, c, d, e, f, g);
}

long call_fdopendir(long, long, long, long, long, long, long) asm("fdopendir");
long call_fdopendir(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("fdopendir")>(a, b, c, d, e, f, g);
}

long call_opendir(long, long, long, long, long, long, long) asm("opendir");
long call_opendir(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("opendir")>(a, b, c, d, e, f, g);
}

long call_readdir(long, long, long, long, long, long, long) asm("readdir");
long call_readdir(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("readdir")>(a, b, c, d, e, f, g);
}

long call_copy_file_range(long, long, long, long, long, long, long) asm("copy_file_range");
long call_copy_file_range(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("copy_file_range")>(a, b, c, d, e, f, g);
}

long call_sendfile(long, long, long, long, long, long, long) asm("sendfile");
long call_sendfile(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("sendfile")>(a, b, c, d, e, f, g);
}

}  // extern "C"

/** Flags of uv_fs_open() on Unix: the values of open(2). */
#ifndef UV_FS_OPEN_POSIX_H_
#define UV_FS_OPEN_POSIX_H_

#include <fcntl.h>

#define UV_FS_O_RDONLY 0
#define UV_FS_O_WRONLY 1
#define UV_FS_O_RDWR 2

/* Strict C99 hides some names of <fcntl.h>, so the kernel's numbers stand here (man 2 open). */
#if defined(__linux__) && !defined(__alpha__) && !defined(__hppa__) && !defined(__mips__) && \
    !defined(__sparc__)
#define UV_FS_O_APPEND 02000
#define UV_FS_O_CREAT 0100
#define UV_FS_O_EXCL 0200
#define UV_FS_O_NOCTTY 0400
#define UV_FS_O_TRUNC 01000
#define UV_FS_O_NONBLOCK 04000
#define UV_FS_O_DSYNC 010000
#define UV_FS_O_SYNC 04010000
#define UV_FS_O_NOATIME 01000000
#if defined(__arm__) || defined(__aarch64__) || defined(__powerpc__) || defined(__m68k__)
#define UV_FS_O_DIRECTORY 040000
#define UV_FS_O_NOFOLLOW 0100000
#if defined(__powerpc__)
#define UV_FS_O_DIRECT 0400000
#else
#define UV_FS_O_DIRECT 0200000
#endif
#else
#define UV_FS_O_DIRECT 040000
#define UV_FS_O_DIRECTORY 0200000
#define UV_FS_O_NOFOLLOW 0400000
#endif
#define UV_FS_O_EXLOCK 0
#define UV_FS_O_SYMLINK 0

#else
#define UV_FS_O_APPEND O_APPEND
#define UV_FS_O_CREAT O_CREAT
#define UV_FS_O_EXCL O_EXCL
#define UV_FS_O_NOCTTY O_NOCTTY
#define UV_FS_O_TRUNC O_TRUNC
#define UV_FS_O_NONBLOCK O_NONBLOCK
#define UV_FS_O_SYNC O_SYNC
#if defined(O_DSYNC)
#define UV_FS_O_DSYNC O_DSYNC
#else
#define UV_FS_O_DSYNC 0
#endif
#if defined(O_NOATIME)
#define UV_FS_O_NOATIME O_NOATIME
#else
#define UV_FS_O_NOATIME 0
#endif
#if defined(O_DIRECTORY)
#define UV_FS_O_DIRECTORY O_DIRECTORY
#else
#define UV_FS_O_DIRECTORY 0
#endif
#if defined(O_NOFOLLOW)
#define UV_FS_O_NOFOLLOW O_NOFOLLOW
#else
#define UV_FS_O_NOFOLLOW 0
#endif
#if defined(O_DIRECT)
#define UV_FS_O_DIRECT O_DIRECT
#else
#define UV_FS_O_DIRECT 0
#endif
#if defined(O_EXLOCK)
#define UV_FS_O_EXLOCK O_EXLOCK
#else
#define UV_FS_O_EXLOCK 0
#endif
#if defined(O_SYMLINK)
#define UV_FS_O_SYMLINK O_SYMLINK
#else
#define UV_FS_O_SYMLINK 0
#endif
#endif

/* Only Windows has these. */
#define UV_FS_O_FILEMAP 0
#define UV_FS_O_RANDOM 0
#define UV_FS_O_SHORT_LIVED 0
#define UV_FS_O_SEQUENTIAL 0
#define UV_FS_O_TEMPORARY 0

#endif /* UV_FS_OPEN_POSIX_H_ */

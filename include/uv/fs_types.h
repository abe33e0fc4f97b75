/** Data that file system operations give and take. */
#ifndef UV_FS_TYPES_H_
#define UV_FS_TYPES_H_

#include <math.h>

#include "uv/types.h"

#if defined(_WIN32)
#include "uv/fs_open_windows.h"
#else
#include "uv/fs_open_posix.h"
#endif

/** Time stamps of uv_fs_utime() and its kin: "now", and "leave as it is". */
#define UV_FS_UTIME_NOW (INFINITY)
#define UV_FS_UTIME_OMIT (NAN)

/* Flags of uv_fs_copyfile(). */
#define UV_FS_COPYFILE_EXCL 1          /**< Fail with UV_EEXIST if the target exists. */
#define UV_FS_COPYFILE_FICLONE 2       /**< Share blocks if the file system can. */
#define UV_FS_COPYFILE_FICLONE_FORCE 4 /**< Share blocks, or fail. */

/* Flags of uv_fs_symlink(); only Windows looks at them. */
#define UV_FS_SYMLINK_DIR 1      /**< The target is a directory. */
#define UV_FS_SYMLINK_JUNCTION 2 /**< Make a junction. */

/** Seconds and nanoseconds; the _64 form has the same size on every platform. */
typedef struct {
  long tv_sec;
  long tv_nsec;
} uv_timespec_t;

typedef struct {
  int64_t tv_sec;
  int32_t tv_nsec;
} uv_timespec64_t;

/** Seconds and microseconds. */
typedef struct {
  long tv_sec;
  long tv_usec;
} uv_timeval_t;

typedef struct {
  int64_t tv_sec;
  int32_t tv_usec;
} uv_timeval64_t;

/** What uv_fs_stat() tells; the fields have their stat(2) meaning. */
typedef struct {
  uint64_t st_dev;
  uint64_t st_mode;
  uint64_t st_nlink;
  uint64_t st_uid;
  uint64_t st_gid;
  uint64_t st_rdev;
  uint64_t st_ino;
  uint64_t st_size;
  uint64_t st_blksize;
  uint64_t st_blocks;
  uint64_t st_flags;
  uint64_t st_gen;
  uv_timespec_t st_atim;
  uv_timespec_t st_mtim;
  uv_timespec_t st_ctim;
  uv_timespec_t st_birthtim; /**< When it was created. */
} uv_stat_t;

/**
 * What uv_fs_statfs() tells about a mounted file system; the fields have their statfs(2) meaning:
 * sizes of blocks are in bytes, the other sizes in blocks.
 */
struct uv_statfs_s {
  uint64_t f_type;
  uint64_t f_bsize;
  uint64_t f_blocks;
  uint64_t f_bfree;
  uint64_t f_bavail;
  uint64_t f_files;
  uint64_t f_ffree;
  uint64_t f_frsize;
  uint64_t f_spare[3];
};

/** What a directory entry is. */
typedef enum uv_dirent_type_t {
  UV_DIRENT_UNKNOWN = 0, /**< The file system does not say; use uv_fs_stat(). */
  UV_DIRENT_FILE = 1,
  UV_DIRENT_DIR = 2,
  UV_DIRENT_LINK = 3,
  UV_DIRENT_FIFO = 4,
  UV_DIRENT_SOCKET = 5,
  UV_DIRENT_CHAR = 6,
  UV_DIRENT_BLOCK = 7
} uv_dirent_type_t;

struct uv_dirent_s {
  const char* name;
  uv_dirent_type_t type;
};

/** An open directory, made by uv_fs_opendir(). */
struct uv_dir_s {
  uv_dirent_t* dirents; /**< The program's array that uv_fs_readdir() fills. */
  size_t nentries;      /**< How many entries that array has. */
  void* reserved[UV_RESERVED_DIR];
};

#endif /* UV_FS_TYPES_H_ */

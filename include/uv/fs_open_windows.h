/** Flags of uv_fs_open() on Windows: the values of _open() where it has the flag. */
#ifndef UV_FS_OPEN_WINDOWS_H_
#define UV_FS_OPEN_WINDOWS_H_

#define UV_FS_O_RDONLY 0x0
#define UV_FS_O_WRONLY 0x1
#define UV_FS_O_RDWR 0x2
#define UV_FS_O_APPEND 0x8
#define UV_FS_O_CREAT 0x100
#define UV_FS_O_EXCL 0x400
#define UV_FS_O_TRUNC 0x200
#define UV_FS_O_RANDOM 0x10
#define UV_FS_O_SEQUENTIAL 0x20
#define UV_FS_O_SHORT_LIVED 0x1000
#define UV_FS_O_TEMPORARY 0x40

/* Flags that _open() does not know; the library takes them off and honours them itself. */
#define UV_FS_O_DIRECT 0x2000000
#define UV_FS_O_DSYNC 0x4000000
#define UV_FS_O_SYNC 0x8000000
#define UV_FS_O_EXLOCK 0x10000000
#define UV_FS_O_FILEMAP 0x20000000

/* Only Unix has these. */
#define UV_FS_O_DIRECTORY 0
#define UV_FS_O_NOATIME 0
#define UV_FS_O_NOCTTY 0
#define UV_FS_O_NOFOLLOW 0
#define UV_FS_O_NONBLOCK 0
#define UV_FS_O_SYMLINK 0

#endif /* UV_FS_OPEN_WINDOWS_H_ */

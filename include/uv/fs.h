/**
 * File system operations.
 *
 * With a callback an operation is done in the background: the function returns 0, or UV_EINVAL if
 * `req`, `loop` or a path is NULL, or UV_ENOMEM; and the outcome is in req->result when the
 * callback runs. Without a callback it is done at once, blocking; `loop` may then be NULL, any
 * thread may call it, and the function returns what is also in req->result. Errors are those of the
 * named system call.
 *
 * Paths are UTF-8 on Windows. Paths are copied, unless the operation is done at once.
 */
#ifndef UV_FS_H_
#define UV_FS_H_

#include "uv/fs_types.h"
#include "uv/request.h"

/** Which operation a uv_fs_t is. */
typedef enum uv_fs_type {
  UV_FS_UNKNOWN = -1,
  UV_FS_CUSTOM = 0,
  UV_FS_OPEN = 1,
  UV_FS_CLOSE = 2,
  UV_FS_READ = 3,
  UV_FS_WRITE = 4,
  UV_FS_SENDFILE = 5,
  UV_FS_STAT = 6,
  UV_FS_LSTAT = 7,
  UV_FS_FSTAT = 8,
  UV_FS_FTRUNCATE = 9,
  UV_FS_UTIME = 10,
  UV_FS_FUTIME = 11,
  UV_FS_ACCESS = 12,
  UV_FS_CHMOD = 13,
  UV_FS_FCHMOD = 14,
  UV_FS_FSYNC = 15,
  UV_FS_FDATASYNC = 16,
  UV_FS_UNLINK = 17,
  UV_FS_RMDIR = 18,
  UV_FS_MKDIR = 19,
  UV_FS_MKDTEMP = 20,
  UV_FS_RENAME = 21,
  UV_FS_SCANDIR = 22,
  UV_FS_LINK = 23,
  UV_FS_SYMLINK = 24,
  UV_FS_READLINK = 25,
  UV_FS_CHOWN = 26,
  UV_FS_FCHOWN = 27,
  UV_FS_REALPATH = 28,
  UV_FS_COPYFILE = 29,
  UV_FS_LCHOWN = 30,
  UV_FS_OPENDIR = 31,
  UV_FS_READDIR = 32,
  UV_FS_CLOSEDIR = 33,
  UV_FS_STATFS = 34,
  UV_FS_MKSTEMP = 35,
  UV_FS_LUTIME = 36
} uv_fs_type;

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Runs when the operation is done; req->result has the outcome. Call uv_fs_req_cleanup() at the
 * end.
 */
typedef void (*uv_fs_cb)(uv_fs_t* req);

/** A file system operation and its result. */
struct uv_fs_s {
  void* data; /**< The program's own; the library neither reads nor writes it. */
  uv_req_type type;
  unsigned int reserved_state;
  void* reserved_req[UV_RESERVED_REQ];
  uv_fs_type fs_type; /**< The operation. */
  uv_loop_t* loop;
  uv_fs_cb cb;
  ssize_t result;    /**< What the operation gives (bytes, descriptor, entries), or a UV_E*. */
  void* ptr;         /**< Data of the operation, such as the target of a link or a uv_stat_t. */
  const char* path;  /**< The path the operation works on. */
  uv_stat_t statbuf; /**< The result of the stat operations. */
#if defined(_WIN32)
  void* reserved[21];
#else
  const char* new_path; /**< The second path, of those operations that have two. */
  uv_file file;         /**< The file that was given. */
  int flags;
  mode_t mode;
  unsigned int reserved_count;
  void* reserved[1];
  off_t off; /**< The offset that was given; behind the last byte once it is done. */
  void* reserved_owner[1];
  double atime;
  double mtime;
  void* reserved_end[13];
#endif
};

/**
 * req->fs_type.
 *
 * Thread: the loop's. Source: libuv docs, "File system operations".
 */
UV_EXTERN uv_fs_type uv_fs_get_type(const uv_fs_t*);

/**
 * req->result.
 *
 * Thread: the loop's. Errors: that of a failed operation. Source: libuv docs, "File system
 * operations".
 */
UV_EXTERN ssize_t uv_fs_get_result(const uv_fs_t*);

/**
 * The system's own error of a failed operation: errno on Unix, GetLastError() on Windows.
 *
 * Thread: the loop's. Errors: none. Source: libuv docs, "File system operations".
 */
UV_EXTERN int uv_fs_get_system_error(const uv_fs_t*);

/**
 * req->ptr.
 *
 * Thread: the loop's. Source: libuv docs, "File system operations".
 */
UV_EXTERN void* uv_fs_get_ptr(const uv_fs_t*);

/**
 * req->path.
 *
 * Thread: the loop's. Source: libuv docs, "File system operations".
 */
UV_EXTERN const char* uv_fs_get_path(const uv_fs_t*);

/**
 * &req->statbuf.
 *
 * Thread: the loop's. Source: libuv docs, "File system operations".
 */
UV_EXTERN uv_stat_t* uv_fs_get_statbuf(uv_fs_t*);

/**
 * Frees what the request holds. Call it for every request, also after an error and after
 * synchronous calls.
 *
 * Thread: the loop's. Source: libuv docs, "File system operations".
 */
UV_EXTERN void uv_fs_req_cleanup(uv_fs_t* req);

/**
 * Opens a file; flags and mode as in open(2), see UV_FS_O_*. The descriptor is closed on exec. The
 * result is the descriptor.
 *
 * Thread: the loop's. Errors: those of open(2). Source: libuv docs, "File system operations".
 */
UV_EXTERN int uv_fs_open(uv_loop_t* loop, uv_fs_t* req, const char* path, int flags, int mode,
                         uv_fs_cb cb);

/**
 * Closes a descriptor.
 *
 * Thread: the loop's. Errors: those of close(2). Source: libuv docs, "File system operations".
 */
UV_EXTERN int uv_fs_close(uv_loop_t* loop, uv_fs_t* req, uv_file file, uv_fs_cb cb);

/**
 * Reads into the buffers from `offset`, or from the current position if it is -1. The result is
 * the bytes read, 0 at the end. The array is copied; the memory must stay until the end.
 *
 * Thread: the loop's. Errors: UV_EINVAL for no buffers, or for more than 0x7ffff000 bytes in them,
 * and nothing is begun; preadv(2). Source: libuv docs, "File system operations".
 */
UV_EXTERN int uv_fs_read(uv_loop_t* loop, uv_fs_t* req, uv_file file, const uv_buf_t bufs[],
                         unsigned int nbufs, int64_t offset, uv_fs_cb cb);

/**
 * Writes the buffers at `offset`, or at the current position if it is -1. The result is the bytes
 * written: all of them, also when signals come meanwhile, unless a descriptor that does not block
 * is full or a regular file takes no more. The array is copied; the memory must stay until the end.
 *
 * Thread: the loop's. Errors: UV_EINVAL for no buffers, or for more than 0x7ffff000 bytes in them,
 * and nothing is begun; pwritev(2). Source: libuv docs, "File system operations".
 */
UV_EXTERN int uv_fs_write(uv_loop_t* loop, uv_fs_t* req, uv_file file, const uv_buf_t bufs[],
                          unsigned int nbufs, int64_t offset, uv_fs_cb cb);

/**
 * Writes a file's data and metadata to the device. On macOS through the disk's cache.
 *
 * Thread: the loop's. Errors: those of fsync(2). Source: libuv docs, "File system operations".
 */
UV_EXTERN int uv_fs_fsync(uv_loop_t* loop, uv_fs_t* req, uv_file file, uv_fs_cb cb);

/**
 * Writes a file's data to the device, and the metadata that is needed to read it.
 *
 * Thread: the loop's. Errors: those of fdatasync(2). Source: libuv docs, "File system operations".
 */
UV_EXTERN int uv_fs_fdatasync(uv_loop_t* loop, uv_fs_t* req, uv_file file, uv_fs_cb cb);

/**
 * Sets a file's length to `offset` bytes.
 *
 * Thread: the loop's. Errors: those of ftruncate(2). Source: libuv docs, "File system operations".
 */
UV_EXTERN int uv_fs_ftruncate(uv_loop_t* loop, uv_fs_t* req, uv_file file, int64_t offset,
                              uv_fs_cb cb);

/**
 * Copies `length` bytes between two descriptors, from `in_offset` on; from a pipe or socket, what
 * comes next. Waits while a target that does not block is full. The result is the bytes copied,
 * which may be fewer.
 *
 * Thread: the loop's. Errors: UV_EINVAL for more than 0x7ffff000 bytes; sendfile(2). Source: libuv
 * docs, "File system operations".
 */
UV_EXTERN int uv_fs_sendfile(uv_loop_t* loop, uv_fs_t* req, uv_file out_fd, uv_file in_fd,
                             int64_t in_offset, size_t length, uv_fs_cb cb);

/**
 * Copies a file from `path` to `new_path`, with its mode, its owner (where that is allowed; where
 * it is not, without the bits that lend the owner's rights) and its times. `flags` are
 * UV_FS_COPYFILE_*. If it fails, what it has made is removed, which is not atomic; a target that
 * was there stays.
 *
 * Thread: the loop's. Errors: UV_EINVAL for unknown flags or a target that is a device or a FIFO,
 * UV_EISDIR for a directory, UV_EEXIST, UV_ENOSYS or UV_ENOTSUP for
 * UV_FS_COPYFILE_FICLONE_FORCE; open(2), write(2). Source: libuv docs, "File system operations".
 */
UV_EXTERN int uv_fs_copyfile(uv_loop_t* loop, uv_fs_t* req, const char* path, const char* new_path,
                             int flags, uv_fs_cb cb);

/**
 * Tells about a file; the result is in req->statbuf, and req->ptr points to it.
 *
 * Thread: the loop's. Errors: those of stat(2). Source: libuv docs, "File system operations".
 */
UV_EXTERN int uv_fs_stat(uv_loop_t* loop, uv_fs_t* req, const char* path, uv_fs_cb cb);

/**
 * As uv_fs_stat(), but of a symbolic link itself.
 *
 * Thread: the loop's. Errors: those of lstat(2). Source: libuv docs, "File system operations".
 */
UV_EXTERN int uv_fs_lstat(uv_loop_t* loop, uv_fs_t* req, const char* path, uv_fs_cb cb);

/**
 * As uv_fs_stat(), of an open descriptor.
 *
 * Thread: the loop's. Errors: those of fstat(2). Source: libuv docs, "File system operations".
 */
UV_EXTERN int uv_fs_fstat(uv_loop_t* loop, uv_fs_t* req, uv_file file, uv_fs_cb cb);

/**
 * Tells about the file system a path is on: req->ptr points to a uv_statfs_t. What the system does
 * not say is 0.
 *
 * Thread: the loop's. Errors: those of statfs(2). Source: libuv docs, "File system operations".
 */
UV_EXTERN int uv_fs_statfs(uv_loop_t* loop, uv_fs_t* req, const char* path, uv_fs_cb cb);

/**
 * Whether a file can be accessed as `mode` (F_OK, R_OK, W_OK, X_OK) says: result 0.
 *
 * Thread: the loop's. Errors: those of access(2). Source: libuv docs, "File system operations".
 */
UV_EXTERN int uv_fs_access(uv_loop_t* loop, uv_fs_t* req, const char* path, int mode, uv_fs_cb cb);

/**
 * Sets a file's permissions.
 *
 * Thread: the loop's. Errors: those of chmod(2). Source: libuv docs, "File system operations".
 */
UV_EXTERN int uv_fs_chmod(uv_loop_t* loop, uv_fs_t* req, const char* path, int mode, uv_fs_cb cb);

/**
 * Sets an open file's permissions.
 *
 * Thread: the loop's. Errors: those of fchmod(2). Source: libuv docs, "File system operations".
 */
UV_EXTERN int uv_fs_fchmod(uv_loop_t* loop, uv_fs_t* req, uv_file file, int mode, uv_fs_cb cb);

/**
 * Sets a file's owner and group. Does nothing on Windows.
 *
 * Thread: the loop's. Errors: those of chown(2). Source: libuv docs, "File system operations".
 */
UV_EXTERN int uv_fs_chown(uv_loop_t* loop, uv_fs_t* req, const char* path, uv_uid_t uid,
                          uv_gid_t gid, uv_fs_cb cb);

/**
 * Sets an open file's owner and group. Does nothing on Windows.
 *
 * Thread: the loop's. Errors: those of fchown(2). Source: libuv docs, "File system operations".
 */
UV_EXTERN int uv_fs_fchown(uv_loop_t* loop, uv_fs_t* req, uv_file file, uv_uid_t uid, uv_gid_t gid,
                           uv_fs_cb cb);

/**
 * Sets the owner and group of a symbolic link itself. Does nothing on Windows.
 *
 * Thread: the loop's. Errors: those of lchown(2). Source: libuv docs, "File system operations".
 */
UV_EXTERN int uv_fs_lchown(uv_loop_t* loop, uv_fs_t* req, const char* path, uv_uid_t uid,
                           uv_gid_t gid, uv_fs_cb cb);

/**
 * Sets a file's access and modification times: seconds since 1970, UV_FS_UTIME_NOW or
 * UV_FS_UTIME_OMIT.
 *
 * Thread: the loop's. Errors: those of utimensat(2). Source: libuv docs, "File system operations".
 */
UV_EXTERN int uv_fs_utime(uv_loop_t* loop, uv_fs_t* req, const char* path, double atime,
                          double mtime, uv_fs_cb cb);

/**
 * As uv_fs_utime(), in seconds too, of an open file.
 *
 * Thread: the loop's. Errors: those of futimens(3). Source: libuv docs, "File system operations".
 */
UV_EXTERN int uv_fs_futime(uv_loop_t* loop, uv_fs_t* req, uv_file file, double atime, double mtime,
                           uv_fs_cb cb);

/**
 * As uv_fs_utime(), in seconds too, of a symbolic link itself.
 *
 * Thread: the loop's. Errors: utimensat(2), UV_ENOSYS where links have no times. Source: libuv
 * docs, "File system operations".
 */
UV_EXTERN int uv_fs_lutime(uv_loop_t* loop, uv_fs_t* req, const char* path, double atime,
                           double mtime, uv_fs_cb cb);

/**
 * Removes a file.
 *
 * Thread: the loop's. Errors: those of unlink(2). Source: libuv docs, "File system operations".
 */
UV_EXTERN int uv_fs_unlink(uv_loop_t* loop, uv_fs_t* req, const char* path, uv_fs_cb cb);

/**
 * Renames a file.
 *
 * Thread: the loop's. Errors: those of rename(2). Source: libuv docs, "File system operations".
 */
UV_EXTERN int uv_fs_rename(uv_loop_t* loop, uv_fs_t* req, const char* path, const char* new_path,
                           uv_fs_cb cb);

/**
 * Makes a hard link `new_path` to `path`.
 *
 * Thread: the loop's. Errors: those of link(2). Source: libuv docs, "File system operations".
 */
UV_EXTERN int uv_fs_link(uv_loop_t* loop, uv_fs_t* req, const char* path, const char* new_path,
                         uv_fs_cb cb);

/**
 * Makes a symbolic link `new_path` to `path`. `flags` are UV_FS_SYMLINK_*.
 *
 * Thread: the loop's. Errors: those of symlink(2). Source: libuv docs, "File system operations".
 */
UV_EXTERN int uv_fs_symlink(uv_loop_t* loop, uv_fs_t* req, const char* path, const char* new_path,
                            int flags, uv_fs_cb cb);

/**
 * Where a symbolic link points to: req->ptr is the text.
 *
 * Thread: the loop's. Errors: those of readlink(2). Source: libuv docs, "File system operations".
 */
UV_EXTERN int uv_fs_readlink(uv_loop_t* loop, uv_fs_t* req, const char* path, uv_fs_cb cb);

/**
 * The absolute path without symbolic links: req->ptr is the text.
 *
 * Thread: the loop's. Errors: those of realpath(3). Source: libuv docs, "File system operations".
 */
UV_EXTERN int uv_fs_realpath(uv_loop_t* loop, uv_fs_t* req, const char* path, uv_fs_cb cb);

/**
 * Makes a directory. Windows does not look at `mode`.
 *
 * Thread: the loop's. Errors: those of mkdir(2). Source: libuv docs, "File system operations".
 */
UV_EXTERN int uv_fs_mkdir(uv_loop_t* loop, uv_fs_t* req, const char* path, int mode, uv_fs_cb cb);

/**
 * Removes an empty directory.
 *
 * Thread: the loop's. Errors: those of rmdir(2). Source: libuv docs, "File system operations".
 */
UV_EXTERN int uv_fs_rmdir(uv_loop_t* loop, uv_fs_t* req, const char* path, uv_fs_cb cb);

/**
 * Makes a new directory; `tpl` ends with XXXXXX and is not changed. req->path is the name.
 *
 * Thread: the loop's. Errors: those of mkdtemp(3). Source: libuv docs, "File system operations".
 */
UV_EXTERN int uv_fs_mkdtemp(uv_loop_t* loop, uv_fs_t* req, const char* tpl, uv_fs_cb cb);

/**
 * Makes and opens a new file; `tpl` ends with XXXXXX and is not changed. The result is the
 * descriptor, req->path is the name.
 *
 * Thread: the loop's. Errors: those of mkstemp(3). Source: libuv docs, "File system operations".
 */
UV_EXTERN int uv_fs_mkstemp(uv_loop_t* loop, uv_fs_t* req, const char* tpl, uv_fs_cb cb);

/**
 * Reads a directory at once, without "." and "..". The result is how many entries
 * uv_fs_scandir_next() will give. `flags` is unused.
 *
 * Thread: the loop's. Errors: those of opendir(3), readdir(3). Source: libuv docs, "File system
 * operations".
 */
UV_EXTERN int uv_fs_scandir(uv_loop_t* loop, uv_fs_t* req, const char* path, int flags,
                            uv_fs_cb cb);

/**
 * The next entry of a uv_fs_scandir() that is done. ent->name is valid until the next call or the
 * cleanup. With the end the list is freed.
 *
 * Thread: the loop's. Errors: UV_EOF after the last one, the request's own error if it failed.
 * Source: libuv docs, "File system operations".
 */
UV_EXTERN int uv_fs_scandir_next(uv_fs_t* req, uv_dirent_t* ent);

/**
 * Opens a directory: req->ptr is a uv_dir_t, which uv_fs_closedir() frees.
 *
 * Thread: the loop's. Errors: those of opendir(3). Source: libuv docs, "File system operations".
 */
UV_EXTERN int uv_fs_opendir(uv_loop_t* loop, uv_fs_t* req, const char* path, uv_fs_cb cb);

/**
 * Reads up to dir->nentries entries into dir->dirents, without "." and "..". The result is how
 * many; 0 at the end. The names are valid until the cleanup. Not to be called for one directory
 * from several threads at once.
 *
 * Thread: the loop's. Errors: UV_EINVAL if dir->dirents is NULL; readdir(3). Source: libuv docs,
 * "File system operations".
 */
UV_EXTERN int uv_fs_readdir(uv_loop_t* loop, uv_fs_t* req, uv_dir_t* dir, uv_fs_cb cb);

/**
 * Closes and frees a directory of uv_fs_opendir().
 *
 * Thread: the loop's. Errors: those of closedir(3). Source: libuv docs, "File system operations".
 */
UV_EXTERN int uv_fs_closedir(uv_loop_t* loop, uv_fs_t* req, uv_dir_t* dir, uv_fs_cb cb);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* UV_FS_H_ */

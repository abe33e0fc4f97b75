/** This process and its user: environment, directories, title, priority, accounts. */
#ifndef UV_OS_H_
#define UV_OS_H_

#include "uv/types.h"

/* Priorities of uv_os_setpriority(). */
#define UV_PRIORITY_LOW 19
#define UV_PRIORITY_BELOW_NORMAL 10
#define UV_PRIORITY_NORMAL 0
#define UV_PRIORITY_ABOVE_NORMAL (-7)
#define UV_PRIORITY_HIGH (-14)
#define UV_PRIORITY_HIGHEST (-20)

#ifdef __cplusplus
extern "C" {
#endif

struct uv_env_item_s {
  char* name;
  char* value;
};

/** An account. On Windows the two ids are (unsigned long) -1. */
struct uv_passwd_s {
  char* username;
  unsigned long uid;
  unsigned long gid;
  char* shell; /**< NULL on Windows. */
  char* homedir;
};

struct uv_group_s {
  char* groupname;
  unsigned long gid;
  char** members; /**< Ends with NULL. */
};

/**
 * Keeps the program's arguments, so that the title can be set. Call it first in main(), and use
 * the array it returns from then on.
 *
 * Thread: one thread, early. Source: libuv docs, "Miscellaneous utilities".
 */
UV_EXTERN char** uv_setup_args(int argc, char** argv);

/**
 * The title of the process. Needs uv_setup_args() before. `size` in bytes, with the final zero.
 *
 * Thread: any. Errors: UV_EINVAL if `buffer` is NULL or `size` is 0, UV_ENOBUFS if it does not fit
 * or without uv_setup_args(). Source: libuv docs, "Miscellaneous utilities".
 */
UV_EXTERN int uv_get_process_title(char* buffer, size_t size);

/**
 * Sets the title of the process. Needs uv_setup_args() before. What is longer than the memory of
 * the arguments is cut.
 *
 * Thread: any. Errors: UV_EINVAL if `title` is NULL, UV_ENOBUFS without uv_setup_args(). Source:
 * libuv docs, "Miscellaneous utilities".
 */
UV_EXTERN int uv_set_process_title(const char* title);

/**
 * The process id.
 *
 * Thread: any. Source: libuv docs, "Miscellaneous utilities".
 */
UV_EXTERN uv_pid_t uv_os_getpid(void);

/**
 * The parent's process id.
 *
 * Thread: any. Source: libuv docs, "Miscellaneous utilities".
 */
UV_EXTERN uv_pid_t uv_os_getppid(void);

/**
 * The priority of a process, -20 (highest) to 19; 0 means this one. On Windows the UV_PRIORITY_*
 * nearest to it.
 *
 * Thread: any. Errors: UV_EINVAL if `priority` is NULL, UV_ESRCH. Source: libuv docs,
 * "Miscellaneous utilities".
 */
UV_EXTERN int uv_os_getpriority(uv_pid_t pid, int* priority);

/**
 * Sets the priority of a process, -20 (highest) to 19, see UV_PRIORITY_*; 0 means this one.
 *
 * Thread: any. Errors: UV_EINVAL outside of that, UV_ESRCH, UV_EACCES, UV_EPERM. Source: libuv
 * docs, "Miscellaneous utilities".
 */
UV_EXTERN int uv_os_setpriority(uv_pid_t pid, int priority);

/**
 * The absolute path of the running program. *size is the size of `buffer` in bytes on entry and
 * the length afterwards, without the final zero. What does not fit is cut.
 *
 * Thread: any. Errors: UV_EINVAL if an argument is NULL or *size is 0, and errors of readlink(2).
 * Source: libuv docs, "Miscellaneous utilities".
 */
UV_EXTERN int uv_exepath(char* buffer, size_t* size);

/**
 * The current directory. *size is the size of `buffer` in bytes on entry and the length afterwards,
 * without the final zero; if it does not fit, *size becomes what is needed with that zero.
 *
 * Thread: any. Errors: UV_EINVAL if an argument is NULL or *size is 0, UV_ENOBUFS with the needed
 * *size; getcwd(3). Source: libuv docs, "Miscellaneous utilities".
 */
UV_EXTERN int uv_cwd(char* buffer, size_t* size);

/**
 * Changes the current directory, of the whole process.
 *
 * Thread: any. Errors: those of chdir(2). Source: libuv docs, "Miscellaneous utilities".
 */
UV_EXTERN int uv_chdir(const char* dir);

/**
 * The home directory of the user: $HOME (USERPROFILE on Windows) if set, else the account's. Sizes
 * as in uv_cwd().
 *
 * Thread: not while another thread changes the environment. Errors: UV_EINVAL, UV_ENOBUFS with the
 * needed *size, UV_ENOENT. Source: libuv docs, "Miscellaneous utilities".
 */
UV_EXTERN int uv_os_homedir(char* buffer, size_t* size);

/**
 * The directory for temporary files: the first that is set of TMPDIR, TMP, TEMP and TEMPDIR, else
 * /tmp; GetTempPathW() on Windows. Sizes as in uv_cwd().
 *
 * Thread: not while another thread changes the environment. Errors: UV_EINVAL, UV_ENOBUFS with the
 * needed *size. Source: libuv docs, "Miscellaneous utilities".
 */
UV_EXTERN int uv_os_tmpdir(char* buffer, size_t* size);

/**
 * The name of the host. UV_MAXHOSTNAMESIZE bytes hold any. Sizes as in uv_cwd().
 *
 * Thread: any. Errors: UV_EINVAL, UV_ENOBUFS with the needed *size. Source: libuv docs,
 * "Miscellaneous utilities".
 */
UV_EXTERN int uv_os_gethostname(char* buffer, size_t* size);

/**
 * The value of an environment variable. Sizes as in uv_cwd().
 *
 * Thread: not while another thread changes the environment. Errors: UV_EINVAL, UV_ENOENT if it
 * does not exist, UV_ENOBUFS with the needed *size. Source: libuv docs, "Miscellaneous utilities".
 */
UV_EXTERN int uv_os_getenv(const char* name, char* buffer, size_t* size);

/**
 * Sets an environment variable.
 *
 * Thread: not while another thread uses the environment. Errors: UV_EINVAL if an argument is NULL;
 * setenv(3). Source: libuv docs, "Miscellaneous utilities".
 */
UV_EXTERN int uv_os_setenv(const char* name, const char* value);

/**
 * Removes an environment variable; one that does not exist is fine.
 *
 * Thread: not while another thread uses the environment. Errors: UV_EINVAL if `name` is NULL;
 * unsetenv(3). Source: libuv docs, "Miscellaneous utilities".
 */
UV_EXTERN int uv_os_unsetenv(const char* name);

/**
 * All environment variables; free them with uv_os_free_environ().
 *
 * Thread: not while another thread changes the environment. Errors: UV_ENOMEM. Source: libuv docs,
 * "Miscellaneous utilities".
 */
UV_EXTERN int uv_os_environ(uv_env_item_t** envitems, int* count);

/**
 * Frees what uv_os_environ() gave.
 *
 * Thread: any. Source: libuv docs, "Miscellaneous utilities".
 */
UV_EXTERN void uv_os_free_environ(uv_env_item_t* envitems, int count);

/**
 * The account of the effective user; free it with uv_os_free_passwd().
 *
 * Thread: any. Errors: UV_EINVAL if `pwd` is NULL, UV_ENOENT if there is none, UV_ENOMEM;
 * getpwuid_r(3). Source: libuv docs, "Miscellaneous utilities".
 */
UV_EXTERN int uv_os_get_passwd(uv_passwd_t* pwd);

/**
 * The account of a user id; free it with uv_os_free_passwd().
 *
 * Thread: any. Errors: as uv_os_get_passwd(), UV_ENOTSUP on Windows. Source: libuv docs,
 * "Miscellaneous utilities".
 */
UV_EXTERN int uv_os_get_passwd2(uv_passwd_t* pwd, uv_uid_t uid);

/**
 * Frees the members, not the struct itself.
 *
 * Thread: any. Source: libuv docs, "Miscellaneous utilities".
 */
UV_EXTERN void uv_os_free_passwd(uv_passwd_t* pwd);

/**
 * The group of a group id; free it with uv_os_free_group().
 *
 * Thread: any. Errors: UV_EINVAL if `grp` is NULL, UV_ENOENT if there is none, UV_ENOMEM,
 * UV_ENOTSUP on Windows; getgrgid_r(3). Source: libuv docs, "Miscellaneous utilities".
 */
UV_EXTERN int uv_os_get_group(uv_group_t* grp, uv_uid_t gid);

/**
 * Frees the members, not the struct itself.
 *
 * Thread: any. Source: libuv docs, "Miscellaneous utilities".
 */
UV_EXTERN void uv_os_free_group(uv_group_t* grp);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* UV_OS_H_ */

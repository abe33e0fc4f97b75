/* Loaded before the library: writes to the socket pairs of the engine's self-tests say that they
 * have been done, and are not. So no message ever arrives for which a completion would come. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

ssize_t write(int descriptor, const void* bytes, size_t count) {
  ssize_t (*next)(int, const void*, size_t) =
      (ssize_t(*)(int, const void*, size_t))dlsym(RTLD_NEXT, "write");
  struct stat status;
  if (fstat(descriptor, &status) == 0 && S_ISSOCK(status.st_mode)) return (ssize_t)count;
  return next(descriptor, bytes, count);
}

// Interposed: descriptors, files by their names, folders.
#include "interposed.h"

using namespace faults;

extern "C" {

INTERPOSED(fcntl)
INTERPOSED(ioctl)
INTERPOSED(poll)
INTERPOSED(open)
INTERPOSED(mkostemp)
INTERPOSED(mkdtemp)
INTERPOSED(mkdir)
INTERPOSED(rmdir)
INTERPOSED(unlink)
INTERPOSED(rename)
INTERPOSED(link)
INTERPOSED(symlink)
INTERPOSED(readlink)
INTERPOSED(realpath)
INTERPOSED(access)
INTERPOSED(chmod)
INTERPOSED(fchmod)
INTERPOSED(fsync)
INTERPOSED(fdatasync)
INTERPOSED(ftruncate)
INTERPOSED(futimens)
INTERPOSED(utimensat)
INTERPOSED(lseek)
INTERPOSED(stat)
INTERPOSED(fstat)
INTERPOSED(fstatat)
INTERPOSED(statx)
INTERPOSED(statfs)
INTERPOSED(fstatfs)
INTERPOSED(openat)
INTERPOSED(fdopendir)
INTERPOSED(opendir)
INTERPOSED(readdir)
INTERPOSED(copy_file_range)
INTERPOSED(sendfile)

}  // extern "C"
